CREATE TABLE t (
    a integer CHECK (a + 1 * 2 > (a - 1) - -1 AND (a > 1 OR a IS NULL) AND NOT (a = 2 OR a = 3)),
    b integer CHECK (b BETWEEN 1 AND 2 + 3 AND b NOT IN (4, 5) AND (b::text || 'x') LIKE '1%' ESCAPE '!'),
    c integer CHECK (CASE WHEN c > 1 THEN c ELSE -c END = ANY (ARRAY[1, 2])),
    d text CHECK (d ~ '^[a-z]+$' AND d IS DISTINCT FROM 'x' AND (d COLLATE "C") < 'z'),
    e timestamptz CHECK (extract(year FROM e AT TIME ZONE 'UTC') > 2000 AND e > TIMESTAMP '2000-01-01' - INTERVAL '1 day')
);
