CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON a, x FROM t;
--                        ^ S0304
