CREATE TABLE a (id int, s smallint, x text);
CREATE TABLE b (id int, n int);
CREATE VIEW v AS SELECT a.id, b.n AS k, COALESCE((a.s)::integer, 0) AS z, (b.id)::boolean AS w FROM (a LEFT JOIN b ON ((a.id = b.id))) UNION ALL SELECT a.id, NULL::integer AS k, NULL::integer AS z, NULL::boolean AS w FROM a;
