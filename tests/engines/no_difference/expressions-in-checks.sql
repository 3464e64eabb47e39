CREATE TYPE kind AS ENUM ('a','b');
CREATE TABLE t (
    id integer PRIMARY KEY, k text, n integer, a int[], ta text[], j jsonb, js json,
    ts timestamptz, tz timestamp, d date, b boolean, nu numeric(10,2), r int4range,
    v varchar(9), c char(4), e kind, ea kind[], u uuid, ti time, iv interval, f real,
    g double precision, s smallint, bi bigint, ip inet, by bytea, m money, x xml,
    tv tsvector, p point,
    CHECK (k ~ '^[a-z]+$'), CHECK (e IN ('a','b')), CHECK (e = ANY ('{a,b}')),
    CHECK (e = 'a' OR n > 0), CHECK (ea @> '{a}'), CHECK (ea = ARRAY['a']::kind[]),
    CHECK ('a' = ANY (ea)), CHECK (n BETWEEN 1 AND 10 AND s < 5 AND bi > 100),
    CHECK (s IN (1, 2)), CHECK (bi IN (1, 2)), CHECK (nu > 0 AND nu <= 100.5),
    CHECK (nu IN (1, 2.5)), CHECK (f > 0.5), CHECK (g <> 1), CHECK (g IN (1, 2)),
    CHECK (d > '2020-01-01' AND d < now()), CHECK (d > '2020-01-01'::timestamptz),
    CHECK (ts > '2020-01-01'), CHECK (tz BETWEEN '2020-01-01' AND '2021-01-01 10:00'),
    CHECK (ti > '10:00'), CHECK (iv > '1 day'), CHECK (ts + iv > ts),
    CHECK (d - 7 > '2020-01-01'), CHECK (d - d > 3), CHECK (extract(dow FROM d) = 1),
    CHECK (date_part('hour', ts) > 5),
    CHECK (u <> '00000000-0000-0000-0000-000000000000'), CHECK (ip << '10.0.0.0/8'),
    CHECK (ip = '10.0.0.1'), CHECK (family(ip) = 4), CHECK (by <> '\x00'),
    CHECK (octet_length(by) > 2), CHECK (length(by) > 1), CHECK (c = 'ab'),
    CHECK (c IN ('a', 'b')), CHECK (v = k), CHECK (v IN ('a', 'b') AND v LIKE 'x%'),
    CHECK (length(c) = 3), CHECK (upper(c) = 'X'), CHECK (trim(v) <> ''),
    CHECK (k <> '' AND k IS NOT NULL), CHECK (char_length(k) <= 10),
    CHECK (k = lower(k)), CHECK (position('@' IN k) > 1),
    CHECK (substring(k from 1 for 2) = 'ab'), CHECK (left(k, 1) = 'a'),
    CHECK (k SIMILAR TO '%(a|b)%'), CHECK (k NOT IN ('a')), CHECK (NOT k = 'a'),
    CHECK (k = ANY (ta)), CHECK (ta <> '{}'), CHECK (ta @> ARRAY['a']),
    CHECK (ta && '{a,b}'), CHECK (array_length(a, 1) > 0), CHECK (cardinality(a) = 1),
    CHECK (a[1] > 0), CHECK (1 = ANY (a)), CHECK (a <> '{1,2}'), CHECK (j ? 'a'),
    CHECK (j ?& ARRAY['a','b']), CHECK (j @> '{"a": 1}'), CHECK (j -> 'a' = '1'),
    CHECK (j ->> 'a' = '1'), CHECK (j #>> '{a,b}' <> 'x'),
    CHECK (jsonb_typeof(j) = 'object'),
    CHECK (jsonb_typeof(j -> 'a') IN ('array', 'null')),
    CHECK (jsonb_array_length(j -> 'x') > 0), CHECK ((j ->> 'n')::int > 3),
    CHECK ((j ->> 'n')::numeric > 3), CHECK ((js ->> 'q') IS NOT NULL),
    CHECK (json_typeof(js) = 'object'), CHECK (j <> '{}'),
    CHECK (j IS NOT NULL AND j <> '[]'::jsonb), CHECK (lower(r) > 0), CHECK (r @> 5),
    CHECK (r && '[1,5]'), CHECK (NOT isempty(r)), CHECK (r = '[1,5]'),
    CHECK (m > 0::money), CHECK (b), CHECK (b = true), CHECK (b IS NOT FALSE),
    CHECK (NOT b OR n IS NOT NULL), CHECK ((b AND n > 1) OR (NOT b AND n < 1)),
    CHECK (num_nonnulls(n, k) = 1), CHECK ((n IS NULL) <> (k IS NULL)),
    CHECK (coalesce(n, 0) + coalesce(s, 0) > 0), CHECK (n + 1 > 2 * s),
    CHECK (n / 2 > 1.5), CHECK (n % 2 = 0), CHECK (-n < 5), CHECK (abs(n) < 5),
    CHECK (sqrt(n) > 1), CHECK (round(nu) = nu), CHECK (mod(n, 2) = 1),
    CHECK (greatest(n, s) > 0), CHECK (least(n, 5) > 0),
    CHECK (CASE WHEN b THEN n > 1 ELSE n < 1 END),
    CHECK (CASE k WHEN 'a' THEN n = 1 ELSE true END), CHECK (n = 1::bigint),
    CHECK (n::text = '1'), CHECK (k::integer > 1), CHECK (n::boolean),
    CHECK (e::text LIKE 'a%'), CHECK (e < 'b'), CHECK (k::kind = 'a'),
    CHECK ((n, s) <> (1, 2)), CHECK (ROW(n, k) IS NOT NULL), CHECK (md5(k) <> ''),
    CHECK (regexp_match(k, 'a') IS NOT NULL), CHECK (k ~* 'x' AND k !~ 'y'),
    CHECK (starts_with(k, 'a')), CHECK (concat(k, v) <> ''), CHECK (k || v <> ''),
    CHECK (k || n <> 'a1'), CHECK (tv @@ to_tsquery('english', 'a')),
    CHECK (hashtext(k) > 0), CHECK (date_trunc('month', d) = d),
    CHECK (make_date(2020, n, 1) > d), CHECK (to_char(d, 'DD') = '01'),
    CHECK (ts AT TIME ZONE 'UTC' > '2020-01-01'),
    CHECK (current_setting('x.y', true) <> k), CHECK (k COLLATE "C" > 'a'),
    CHECK (n IS DISTINCT FROM s), CHECK (nullif(k, '') IS NOT NULL),
    CHECK (bit_length(k) < 800), CHECK (2 ^ n > 4), CHECK (n & 1 = 1),
    CHECK (n << 1 > 2), CHECK (~n < 0), CHECK (nu::integer = nu), CHECK (nu * n > 0),
    CHECK (f * 2 > 1), CHECK (g / n > 1), CHECK (n > 0.5), CHECK (bi = n),
    CHECK (n > '5'), CHECK (ascii(k) > 64));
CREATE INDEX i1 ON t (lower(k), (n + 1));
CREATE INDEX i2 ON t ((j ->> 'a'));
CREATE INDEX i3 ON t USING gin (to_tsvector('english', k));
CREATE INDEX i4 ON t (date_trunc('day', tz));
CREATE INDEX i5 ON t ((tz::date));
CREATE INDEX i6 ON t (coalesce(k, ''));
CREATE INDEX i7 ON t (k text_pattern_ops, n DESC NULLS LAST)
    WHERE b AND e = 'a' AND v IN ('a','b') AND ts > '2020-01-01';
CREATE INDEX i8 ON t USING gin (j jsonb_path_ops);
CREATE INDEX i9 ON t USING hash (k);
CREATE INDEX i10 ON t USING brin (ts) WITH (pages_per_range = 32);
CREATE INDEX i11 ON t (((j -> 'a') ->> 'b')) WHERE (j -> 'a') IS NOT NULL;
CREATE UNIQUE INDEX i12 ON t (lower(v), coalesce(n, -1))
    INCLUDE (k) NULLS NOT DISTINCT;
CREATE INDEX i13 ON t (((n)::text));
CREATE INDEX i14 ON t (upper(v) DESC);
CREATE INDEX i15 ON t ((k = 'a'));
CREATE INDEX i16 ON t (md5(k)) WHERE length(k) > 10 OR n = ANY (ARRAY[1,2,3]);
CREATE INDEX i17 ON t ((CASE WHEN b THEN n ELSE s END));
CREATE INDEX i18 ON t (abs(n));
CREATE INDEX i19 ON t (extract(year FROM tz));
CREATE INDEX i20 ON t USING gist (r, p);
