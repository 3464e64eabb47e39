-- @schema test
CREATE TABLE t (id integer PRIMARY KEY, a integer);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v WHERE a > 1;
