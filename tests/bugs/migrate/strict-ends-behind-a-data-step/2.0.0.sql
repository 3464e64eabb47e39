CREATE TABLE t (id integer PRIMARY KEY, price numeric(12,2) NOT NULL, made timestamp);
-- @migrate sqlite
UPDATE t SET price = 150 + length(old);
-- @end
-- @rollback sqlite
UPDATE t SET old = 'was ' || price;
-- @end
