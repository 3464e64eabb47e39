CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT a AS b FROM t;
COMMENT ON COLUMN v.a IS 'x';
--                ^^^ S0304
