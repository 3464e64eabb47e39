CREATE TABLE a (id integer PRIMARY KEY, n integer, v varchar(9), t text, ts timestamp,
    tz timestamptz, d date, b boolean, j jsonb, num numeric(8, 2), words text[]);
CREATE TABLE b (id integer, other text);
CREATE VIEW v01 AS SELECT id FROM a WHERE v IN (SELECT other FROM b) OR v NOT IN (SELECT v FROM a) OR v = ANY (SELECT t FROM a) OR t IN (SELECT v FROM a) OR n <> ALL (SELECT id FROM b);
CREATE VIEW v02 AS SELECT coalesce(sum(num), 0) AS r, coalesce(max(ts), now()) AS s, coalesce(max(d), current_date) AS u, coalesce(min(ts), '2024-01-01') AS w, coalesce(d, ts) AS x FROM a GROUP BY d, ts;
CREATE VIEW v03 AS SELECT e.value ->> 'k' AS r FROM a, jsonb_array_elements(j -> 'items') AS e;
CREATE VIEW v04 AS SELECT e ->> 'k' AS r FROM a CROSS JOIN LATERAL jsonb_array_elements(a.j -> 'items') e;
CREATE VIEW v05 AS SELECT t COLLATE "C" AS r, v COLLATE "C" < 'x' AS s, v COLLATE "C" AS w FROM a ORDER BY t COLLATE "C", v COLLATE "C";
CREATE VIEW v06 AS SELECT x.key || 'a' AS k, x.value -> 'b' AS w FROM a, jsonb_each(j) AS x WHERE x.value ? 'c';
CREATE VIEW v07 AS SELECT regexp_split_to_table(t, ' ') AS u, w AS z FROM a, jsonb_array_elements_text(j) AS w;
CREATE VIEW v08 AS SELECT id, CASE WHEN b THEN d ELSE ts END AS r, CASE WHEN b THEN ts ELSE now() END AS s, CASE WHEN b THEN v ELSE t END AS u, CASE WHEN b THEN t ELSE v END AS w FROM a;
CREATE VIEW v09 AS SELECT * FROM (SELECT a.*, row_number() OVER (PARTITION BY v ORDER BY ts DESC) AS rn FROM a) AS x WHERE rn = 1;
CREATE VIEW v10 AS WITH x AS (SELECT n, count(*) AS c FROM a GROUP BY n) SELECT x.n, x.c, c::numeric / sum(c) OVER () AS share FROM x;
CREATE VIEW v11 AS SELECT id FROM a WHERE ts::date = current_date AND ts > now() - interval '7 days' AND extract(year FROM d) = 2024;
CREATE VIEW v12 AS SELECT id FROM a WHERE d > current_date - 7 AND d < current_date - interval '1 month' AND tz::date = d;
