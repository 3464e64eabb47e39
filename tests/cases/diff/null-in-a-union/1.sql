CREATE TABLE a (id int, s smallint, x text);
CREATE TABLE b (id int, n int);
CREATE VIEW v AS SELECT a.id, b.n AS k, coalesce(a.s, 0) AS z, b.id::bool AS w FROM a LEFT JOIN b ON a.id = b.id UNION ALL SELECT a.id, NULL AS k, NULL AS z, NULL AS w FROM a;
