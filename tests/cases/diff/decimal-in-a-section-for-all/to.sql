-- @schema test
CREATE TABLE payments (id integer PRIMARY KEY, amount numeric(10, 2) NOT NULL, note text);
-- @migrate
UPDATE payments SET amount = 0.5 WHERE amount < 0.5;
-- @end
