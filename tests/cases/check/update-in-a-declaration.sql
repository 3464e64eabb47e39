-- @schema shop
CREATE TABLE t (id integer PRIMARY KEY, n integer);
UPDATE t SET n = 0;
SELECT 1;
