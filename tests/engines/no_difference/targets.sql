CREATE TABLE t (id integer, kind varchar(9), p numeric);
CREATE MATERIALIZED VIEW mv AS SELECT 'asd';
CREATE VIEW v AS SELECT id, 'x' AS label, NULL AS nothing FROM t;
CREATE VIEW both_sides AS SELECT 'a' AS x, NULL AS y UNION SELECT 'b', NULL;
CREATE VIEW inner_one AS WITH c AS (SELECT 'a' AS x, id FROM t)
    SELECT c.x || 'b' AS y, (SELECT 'z') AS z FROM c;
CREATE VIEW cases AS SELECT id FROM t
    ORDER BY CASE kind WHEN 'a' THEN 1 WHEN 'b' THEN 2 END,
             CASE p WHEN 1 THEN 'x' ELSE 'y' END;
