CREATE TYPE pr AS (n int, s text);
CREATE TABLE t (id integer PRIMARY KEY, k text, n integer, a int[], j jsonb,
    ts timestamptz, d date, b boolean, nu numeric(10,2), r int4range, v varchar(9), p pr);
CREATE VIEW a2 AS SELECT (p).s || 'x' AS ps FROM t;
CREATE VIEW a3 AS SELECT a[1:2] AS a2, a[1] AS q FROM t;
CREATE VIEW a5 AS SELECT j #>> '{a,b}' AS jp FROM t;
CREATE VIEW b2 AS SELECT 1::bigint AS b, '1'::text AS t, date '2020-01-01' AS dd;
CREATE VIEW b4 AS SELECT 1e3 AS e, .5 AS h, -1 AS m, true AS y;
CREATE VIEW c1 AS SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) AS m FROM t;
CREATE VIEW c3 AS SELECT date_trunc('day', ts) AS d, count(*) FROM t GROUP BY 1 HAVING
    count(*) > 1 ORDER BY 2 DESC;
CREATE VIEW c4 AS SELECT coalesce(sum(n), 0) AS s, sum(CASE WHEN b THEN 1 ELSE 0 END)
    AS c, round(avg(n), 2) AS a, (count(*) * 100.0 / nullif(sum(n), 0)) AS pc FROM t;
CREATE VIEW c5 AS SELECT id, row_number() OVER (ORDER BY ts DESC NULLS LAST) AS rn,
    lag(n, 1, 0) OVER (ORDER BY id) AS l FROM t;
CREATE VIEW c6 AS SELECT t.id FROM t WHERE (t.k, t.n) IN (('a', 1), ('b', 2)) OR t.id
    IN (SELECT id FROM t t2 WHERE t2.n = t.n);
CREATE VIEW c7 AS SELECT j ->> 'a' AS a, (j ->> 'n')::int AS n, (j -> 'x')::text AS x,
    j ? 'k' AS q, j - 'a' AS m, jsonb_build_object('a', id, 'b', k) AS o, jsonb_agg(j)
    OVER () AS ag FROM t;
CREATE VIEW c8 AS SELECT ts > now() - interval '7 days' AS recent, ts::date =
    CURRENT_DATE AS today, age(ts) AS age, extract(epoch FROM ts)::bigint AS ep,
    make_interval(days => 2) AS mi, to_char(ts, 'YYYY-MM') AS ym, d + interval
    '1 month' AS nm, (d + 7)::timestamptz AS z FROM t;
CREATE VIEW c9 AS SELECT k || ' ' || coalesce(v, '') AS f, concat_ws(' ', k, v) AS c,
    format('%s-%s', k, n) AS fm, upper(left(k, 1)) AS u, split_part(k, '-', 1) AS sp,
    regexp_replace(k, 'a', 'b') AS rr, length(v) AS lv, md5(k) AS m, k ILIKE '%' || v
    || '%' AS il FROM t;
CREATE VIEW d1 AS SELECT id FROM t WHERE b AND NOT (n > 1 AND n < 5) OR (k IS NULL) =
    false AND n NOT IN (1, 2, 3) AND n NOT BETWEEN 1 AND 5 AND k NOT LIKE 'a%' AND k
    SIMILAR TO 'a|b';
CREATE VIEW d3 AS SELECT x.* FROM (VALUES (1, 'a'), (2, 'b')) AS x(n, s);
CREATE VIEW d5 AS WITH q AS (SELECT id, n FROM t WHERE b), z(w) AS (SELECT max(n) FROM
    q) SELECT q.id, z.w FROM q CROSS JOIN z;
CREATE VIEW d6 AS SELECT t.id, l.x FROM t CROSS JOIN LATERAL (SELECT max(n) AS x FROM
    t b WHERE b.id < t.id) l;
CREATE VIEW d7 AS SELECT id, 'active'::varchar AS status, NULL::integer AS nothing, 0
    AS zero, '' AS empty FROM t WHERE k = 'x' AND v = 'y' AND nu = 1.50 AND n =
    1::bigint AND nu > 0 AND ts > '2020-01-01';
