-- @schema test
CREATE TABLE payments (id integer PRIMARY KEY, amount numeric(10, 2) NOT NULL CHECK (amount >= 0.5));
-- @migrate sqlite
UPDATE payments SET amount = 50 WHERE amount < 50;
-- @end
-- @migrate postgres
UPDATE payments SET amount = 0.5 WHERE amount < 0.5;
-- @end
