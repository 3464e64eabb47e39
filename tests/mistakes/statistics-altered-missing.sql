CREATE TABLE t (a integer, b integer);
ALTER STATISTICS s SET STATISTICS 7;
--               ^ S0305
