CREATE TABLE t (a int primary key, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
create  unique index concurrently if not exists mi on m using btree (a);
CREATE INDEX ON m (lower(b)) WHERE a > 0;
