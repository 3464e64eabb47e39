CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s (mvc) ON a, b FROM t;
--                   ^^^ S0449
