CREATE TABLE t (a integer PRIMARY KEY);
CREATE VIEW v AS SELECT a FROM t;
ALTER VIEW v RENAME COLUMN b TO c;
--                         ^ S0304
