-- @schema test
CREATE TABLE t (b integer, a integer);
