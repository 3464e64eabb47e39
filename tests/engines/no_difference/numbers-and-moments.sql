CREATE TABLE t (id integer PRIMARY KEY, n integer, small smallint, big bigint, num numeric(8, 2),
    f double precision, ts timestamp, tz timestamptz, d date, tm time, iv interval, arr integer[],
    words text[], p point, v varchar(9), tx text);
CREATE VIEW v01 AS SELECT ceil(n) AS a, floor(big) AS b, round(small) AS c, round(n, 1) AS d, trunc(n) AS e, sign(n) AS f FROM t;
CREATE VIEW v02 AS SELECT ceil(num) AS a, floor(f) AS b, round(num) AS c, round(num, 1) AS d, trunc(f) AS e, sign(num) AS f FROM t;
CREATE VIEW v03 AS SELECT round(n)::integer AS a, ceil(n / 2.0)::integer AS b, floor(f)::bigint AS c FROM t;
CREATE VIEW v04 AS SELECT sin(n) AS a, degrees(f) AS b, atan2(n, 2) AS c, cbrt(num) AS d, exp(n) AS e, ln(num) AS f FROM t;
CREATE VIEW v05 AS SELECT power(n, 2) AS a, power(num, 2) AS b, power(f, 2) AS c, log(2, num) AS d, log(n) AS e FROM t;
CREATE VIEW v06 AS SELECT mod(n, 2) AS a, abs(n) AS b, div(n, 2) AS c, gcd(n, 4) AS d FROM t;
CREATE VIEW v07 AS SELECT make_date(2024, n, 1) AS a, make_interval(days => n) AS b, make_timestamp(2024, 1, 1, 0, 0, 0) AS c FROM t;
CREATE VIEW v08 AS SELECT ts - d AS a, ts - ts AS b, d - d AS c, tz - ts AS d, tz - d AS e, ts - tz AS f FROM t;
CREATE VIEW v09 AS SELECT d + 1 AS a, d - 7 AS b, d + tm AS c, ts + iv AS d, iv * 2 AS e, iv / 2 AS f, 3 * iv AS g FROM t;
CREATE VIEW v10 AS SELECT now() - ts AS a, current_date - d AS b, age(ts) AS c, age(tz, ts) AS d, age(d, d) AS e, age(ts, d) AS f, age(d) AS g FROM t;
CREATE VIEW v11 AS SELECT ts + interval '1 hour' * n AS a, tz > now() - '1 day'::interval * 2.5 AS b, (ts + iv) - ts AS c FROM t;
CREATE VIEW v12 AS SELECT (tz - ts) * 2 AS a, extract(epoch FROM (tz - ts)) AS b, date_part('day', now() - ts) AS c FROM t;
CREATE VIEW v13 AS SELECT round(100.0 * n / big, 2) AS a, round((num * 2)::numeric, 1) AS b, round((num / num)::numeric(6, 1), 2) AS c FROM t;
CREATE VIEW v14 AS SELECT array_remove(arr, NULL) AS a, array_append(arr, n) AS b, array_replace(arr, 1, NULL) AS c, array_position(words, 'x') AS d, array_append(words, 'y') AS e FROM t;
CREATE VIEW v15 AS SELECT p <-> '(1,2)' AS a, p <-> point(1, 2) AS b FROM t;
CREATE VIEW v16 AS SELECT min(v) AS a, max(v)::varchar AS b, min(tx) AS c, max(ts) - min(ts) AS d, min(v) || 'x' AS e, sum(n) / count(*) AS f FROM t;
CREATE VIEW v17 AS SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY n) AS a, mode() WITHIN GROUP (ORDER BY v) AS b FROM t;
CREATE VIEW v18 AS SELECT substring(tx FROM '[a-z]+') AS a, substring(v FROM 2 FOR 3) AS b, substring(tx, 2) AS c FROM t;
CREATE VIEW v19 AS SELECT id FROM t WHERE id NOT IN (SELECT big FROM t) AND n > ALL (SELECT small FROM t);
ALTER TABLE t ADD CHECK (ts - d < interval '1 day' * 3), ADD CHECK (round(n) > ceil(small) / 2), ADD CHECK (power(n, 2) < 100);
CREATE INDEX ON t (power(n, 2), round(n, 1), (iv * 2), (ts - d));
