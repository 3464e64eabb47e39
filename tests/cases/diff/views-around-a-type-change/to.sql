-- @schema test
CREATE TABLE t (id integer PRIMARY KEY, a bigint);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v WHERE a > 1;
