CREATE TABLE t (a integer, "to" integer);
COPY t (a, "to") TO '/tmp/t';
COPY (SELECT a FROM t) TO '/tmp/t';
COPY t FROM '/tmp/t';
