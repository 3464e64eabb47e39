CREATE TABLE t (id integer PRIMARY KEY, k char(5), l char(2), v varchar(9), tx text);
CREATE VIEW v01 AS SELECT id FROM t WHERE k = v;
CREATE VIEW v02 AS SELECT id FROM t WHERE v = k AND tx <> k AND k < tx AND k >= l;
CREATE VIEW v03 AS SELECT id FROM t WHERE k = 'x' OR k IN ('a', 'b') OR 'y' < k OR k BETWEEN 'a' AND 'c';
CREATE VIEW v04 AS SELECT id FROM t WHERE k LIKE 'b%' OR k ~ 'x' OR k ILIKE v OR k NOT LIKE tx OR tx LIKE k;
CREATE VIEW v05 AS SELECT coalesce(k, v) AS a, coalesce(v, k) AS b, coalesce(k, tx) AS c, coalesce(tx, k) AS d, coalesce(k, 'x') AS e FROM t;
CREATE VIEW v06 AS SELECT CASE WHEN id > 1 THEN k ELSE v END AS a, CASE k WHEN v THEN 1 WHEN 'x' THEN 2 END AS b FROM t;
CREATE VIEW v07 AS SELECT k || v AS a, k || 'x' AS b, upper(k) AS c, length(k) AS d, min(k) AS e FROM t GROUP BY k, v;
ALTER TABLE t ADD CHECK (k <> v), ADD CHECK (k LIKE 'a%' OR k = tx);
