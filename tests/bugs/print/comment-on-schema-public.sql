-- A comment on public is kept, unless it is the one that every database has.
CREATE TABLE t (a integer);
COMMENT ON SCHEMA public IS 'standard public schema';
COMMENT ON SCHEMA public IS 'what the shop sells';
-- Not kept either: it changes rows, not the structure.
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
