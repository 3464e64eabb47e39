"""What was declared and the database that the server made of it: no difference, in either
direction, however else the server says it.  And what is another thing stays a difference.
"""

from runner.databases import created, loaded, psql, written
from runner.engines import params

SAME = {
    "bounds": """
CREATE TABLE at (t timestamp NOT NULL, z timestamptz) PARTITION BY RANGE (t);
CREATE TABLE at_1 PARTITION OF at FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE at_2 PARTITION OF at
    FOR VALUES FROM ('2024-01-01T00:00') TO (DATE '2025-01-01');
CREATE TABLE zoned (z timestamptz) PARTITION BY RANGE (z);
CREATE TABLE zoned_1 PARTITION OF zoned
    FOR VALUES FROM ('2024-01-01 00:00+0:00') TO ('2024-03-01 01:00:00+02');
CREATE TABLE days (d date) PARTITION BY RANGE (d);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2024-01-01 12:00') TO (MAXVALUE);
CREATE TABLE kinds (k text, n integer, b boolean) PARTITION BY LIST (k);
CREATE TABLE kinds_1 PARTITION OF kinds FOR VALUES IN (1, 'two'::varchar, NULL);
CREATE TABLE flags (b boolean) PARTITION BY LIST (b);
CREATE TABLE flags_1 PARTITION OF flags FOR VALUES IN ('yes');
CREATE TABLE numbers (n integer) PARTITION BY LIST (n);
CREATE TABLE numbers_1 PARTITION OF numbers FOR VALUES IN ('1', -2);
""",
    "arrays": """
CREATE TYPE mood AS ENUM ('sad', 'so so', 'null');
CREATE TABLE t (
    a integer[][] DEFAULT '{1, 2,3}', b varchar(10)[3][3],
    c boolean[] DEFAULT '{true,off}',
    d date[] DEFAULT '{"2024-08-06","2024-08-07"}',
    e mood[] DEFAULT '{"sad","so so","null"}',
    f uuid[] DEFAULT '{"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",NULL}',
    g timestamp[] DEFAULT '{2024-01-01}', h text[] DEFAULT '{ "a b", c,"{",""}',
    i integer[][] DEFAULT '{{1,2},{3,4}}', j text[] DEFAULT '{"a\\\\b"}');
""",
    "literals": """
CREATE TABLE t (
    a bit(8) DEFAULT B'00011111', b bit(4) DEFAULT X'A',
    c timestamptz DEFAULT '2018-01-01 01:00:00+01',
    d timestamptz DEFAULT '2024-02-29 20:30:00-05:30',
    e timestamptz DEFAULT '2024-01-01 00:30:00+01',
    f timestamptz DEFAULT '2024-12-31 23:30:00-01',
    g date DEFAULT '2024-01-01 10:00');
""",
    "lists": """
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (
    a text CHECK (a IN ('x'::text, 'y'::text)),
    b varchar(9) CHECK (b IN ('x'::text, 'y'::text)),
    c varchar(9) CHECK (c NOT IN ('x'::varchar, 'y'::varchar)),
    d kind CHECK (d IN ('a'::kind, 'b'::kind)),
    e text CHECK (upper(e::text) IN ('M'::text, 'F'::text)),
    f text CHECK (f IN (a, b::text)));
CREATE INDEX i ON t (a) WHERE d IN ('a'::kind, 'b'::kind) AND a IS NOT NULL;
""",
    "values of one type": """
CREATE TABLE t (
    c varchar(10),
    g text GENERATED ALWAYS AS (coalesce(coalesce(c, 'none'), NULL)) STORED,
    h text GENERATED ALWAYS AS (coalesce(upper(c), NULL)) STORED);
""",
    "calls": """
CREATE TABLE t (id integer, j jsonb, d date, n bigint, v varchar(9), w text);
CREATE INDEX i ON t (jsonb_extract_path_text(j, 'a', 'b'));
CREATE VIEW v AS SELECT date_trunc('month', d) AS month, to_char(d, 'YYYY') AS year,
    to_timestamp(n) AS at, jsonb_extract_path_text(j, w) AS by_column,
    nullif(v, '') AS none, nullif(n, 0) AS zero, w || 'x' AS joined,
    n || ' months' AS months
    FROM t WHERE upper(w)::text = 'A';
CREATE VIEW series AS SELECT n, (n || ' days')::interval AS days
    FROM generate_series(0, 11) AS n;
CREATE VIEW items AS SELECT item FROM t, unnest(ARRAY['a', 'b']) AS x(item) WHERE id = 1;
""",
    "targets": """
CREATE TABLE t (id integer, kind varchar(9), p numeric);
CREATE MATERIALIZED VIEW mv AS SELECT 'asd';
CREATE VIEW v AS SELECT id, 'x' AS label, NULL AS nothing FROM t;
CREATE VIEW both_sides AS SELECT 'a' AS x, NULL AS y UNION SELECT 'b', NULL;
CREATE VIEW inner_one AS WITH c AS (SELECT 'a' AS x, id FROM t)
    SELECT c.x || 'b' AS y, (SELECT 'z') AS z FROM c;
CREATE VIEW cases AS SELECT id FROM t
    ORDER BY CASE kind WHEN 'a' THEN 1 WHEN 'b' THEN 2 END,
             CASE p WHEN 1 THEN 'x' ELSE 'y' END;
""",
    "composites": """
CREATE DOMAIN price AS numeric CHECK (VALUE > 0);
CREATE TYPE info AS (name text, amount price, count integer);
CREATE TABLE t (id integer, i info);
CREATE VIEW v AS SELECT (i).name AS name FROM t
    WHERE (i).amount > 0 AND (i).name = 'x' AND (i).count = 1;
""",
    "policies": """
CREATE TABLE t (id integer, owner varchar(20));
CREATE VIEW active AS SELECT id FROM t;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (id IN (SELECT id FROM active));
CREATE POLICY q ON t USING (owner::text = current_setting('app.owner', true)::text);
CREATE POLICY r ON t TO current_role, pg_monitor USING (true);
CREATE POLICY s ON t TO pg_monitor, session_user USING (true);
""",
    "definitions": """
CREATE TYPE time_range AS RANGE (subtype = timestamp);
CREATE TYPE span AS RANGE (subtype = integer);
CREATE FUNCTION f() RETURNS timestamptz LANGUAGE sql
    SET TIME ZONE 'UTC' AS 'SELECT now()';
CREATE AGGREGATE texts (text)
    (SFUNC = pg_catalog.array_append, STYPE = text[], INITCOND = '{}');
""",
    "texts": """
CREATE TYPE pt;
CREATE FUNCTION pt_in(cstring) RETURNS pt LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION pt_out(pt) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE pt (output = pt_out, Input = public.pt_in, internallength = 4,
    PASSEDBYVALUE, alignment = int4, category = 'U', preferred = false);
CREATE FUNCTION alike(anynonarray, text) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT $1::text LIKE $2';
CREATE OPERATOR ~~ (LEFTARG=anynonarray, RIGHTARG=text, PROCEDURE=alike);
CREATE FUNCTION eq(text, int) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT $1::int = $2';
CREATE OPERATOR = (FUNCTION = eq, LEFTARG = text, RIGHTARG = int, hashes = true,
    restrict = eqsel, join = pg_catalog.eqjoinsel, negator = <>);
CREATE FUNCTION yes(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = ''y''';
CREATE CAST (text AS bool) WITH FUNCTION yes(text) AS ASSIGNMENT;
CREATE COLLATION plain (LOCALE = 'C');
CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_end
    WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE PROCEDURE told();
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d, simple;
CREATE OPERATOR FAMILY pts USING btree;
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER COLUMN b SET DEFAULT '';
""",
    "ranges": """
CREATE FUNCTION zz_apart(a time, b time) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT AS 'SELECT EXTRACT(EPOCH FROM (a - b))';
CREATE TYPE aa AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = zz_apart);
CREATE FUNCTION about(r aa) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT isempty(r)';
CREATE TABLE opening (id integer, hours aa NOT NULL DEFAULT '[09:00:00,17:00:00)');
""",
    "extensions": """
CREATE EXTENSION pgcrypto;
CREATE EXTENSION pg_stat_statements;
REVOKE EXECUTE ON FUNCTION digest(text, text) FROM PUBLIC;
GRANT SELECT ON pg_stat_statements_info TO pg_monitor;
""",
    "bodies": """
CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, label varchar(20));
CREATE TABLE log (id int, label text);
CREATE FUNCTION taxed(amount numeric, rate numeric DEFAULT 0.1) RETURNS numeric
    LANGUAGE sql BEGIN ATOMIC SELECT amount + (amount * rate); END;
CREATE FUNCTION doubled(int, int) RETURNS int
    LANGUAGE sql BEGIN ATOMIC RETURN $1 * 2 + $2; END;
CREATE FUNCTION counted(low int) RETURNS bigint
    RETURN (SELECT count(*) FROM app.t WHERE n >= low AND label = 'x');
CREATE PROCEDURE nothing() BEGIN ATOMIC END;
CREATE PROCEDURE app.move(giver int, taker int, amount numeric)
LANGUAGE sql BEGIN ATOMIC
    UPDATE app.t SET n = n - amount WHERE id = giver;
    UPDATE app.t x SET (n, label) = (x.n + amount, 'got') FROM log
        WHERE x.id = taker AND log.id = x.id RETURNING x.*;
    INSERT INTO app.t VALUES (giver, 1, 'new'), (move.taker, DEFAULT, NULL)
        ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n WHERE t.id > 0;
    INSERT INTO log (label, id) VALUES ('x', giver) RETURNING id;
    INSERT INTO log SELECT id, label FROM app.t WHERE label IN ('a', 'b');
    INSERT INTO log DEFAULT VALUES;
    DELETE FROM log USING app.t u WHERE log.id = u.id AND u.label LIKE 'z%';
    WITH gone AS (DELETE FROM log WHERE id = giver RETURNING *)
        SELECT * FROM gone ORDER BY 1;
END;
""",
    "rules": """
CREATE TABLE t (id int PRIMARY KEY, label text, n numeric);
CREATE TABLE log (id int, what text, n numeric);
CREATE VIEW v AS SELECT id, label FROM t;
CREATE RULE a AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id, NEW.label);
CREATE RULE u AS ON UPDATE TO v DO INSTEAD
    UPDATE t SET label = new.label WHERE id = old.id RETURNING id, label;
CREATE RULE d AS ON DELETE TO v DO INSTEAD
    (DELETE FROM t WHERE id = old.id; INSERT INTO log VALUES (old.id, 'gone', 1));
""",
    "sequences": """
CREATE SEQUENCE t_id_seq;
CREATE TABLE t (id serial PRIMARY KEY, n integer);
""",
    "joins": """
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE DOMAIN code AS varchar(8);
CREATE DOMAIN whole AS integer;
CREATE DOMAIN feel AS mood;
CREATE DOMAIN doc AS jsonb;
CREATE TABLE log (what text);
CREATE TABLE t (
    id integer PRIMARY KEY, k mood, d date, v varchar(20), c char(3), p pair, s span,
    o code, w whole, f feel, g doc, ip inet, j json, jb jsonb, a integer[], ta text[],
    u uuid, tx text, na name, iv interval, bo boolean, by bytea,
    CONSTRAINT kept CHECK (k || 'x' <> 'lowx' AND v || id <> c || 'x')
);
CREATE INDEX ix ON t ((v || tx), (length(v || 'y')));
CREATE VIEW values_beside_texts AS
SELECT k || 'x' AS e1, 'y' || k AS e2, id || 'z' AS e3, d || v AS e4, v || d AS e5,
       v || k AS e6, k || k::text AS e7, 'a' || id || 'b' AS e8, p || 'x' AS e9,
       s || 'x' AS e10, f || 'x' AS e11, f || v AS e12, ip || 'x' AS e13,
       j || 'x' AS e14, u || v AS e15, iv || v AS e16, bo || v AS e17, w || 'x' AS e18,
       k || NULL AS e19, '[' || k || ',' || id || ']' AS e20, (p).b || k AS e21
FROM t;
CREATE VIEW texts AS
SELECT c || 'x' AS e1, c || v AS e2, o || 'x' AS e3, o || k AS e4, o || o AS e5,
       tx || id AS e6, na || 'x' AS e7, na || v AS e8, v || tx AS e9, o || v AS e10,
       upper(v) || id AS e11, coalesce(v, 'x') || k AS e12, NULL || tx AS e13
FROM t;
CREATE VIEW joined_otherwise AS
SELECT jb || '{}' AS e1, g || '{}' AS e2, a || 1 AS e3, a || '{1}' AS e4, ta || v AS e5,
       by || 'x' AS e6, jb || v::jsonb AS e7
FROM t;
CREATE RULE tells AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES (NEW.k || 'x');
""",
    "domains": """
CREATE TYPE hue AS ENUM ('red', 'green');
CREATE TYPE pair AS (n bigint, t text);
CREATE DOMAIN code AS text CHECK (length(VALUE) < 12);
CREATE DOMAIN longer AS code;
CREATE DOMAIN short AS varchar(5) DEFAULT 'x';
CREATE DOMAIN day AS date;
CREATE DOMAIN grade AS integer DEFAULT 4;
CREATE DOMAIN tint AS hue DEFAULT 'red';
CREATE DOMAIN shade AS hue CHECK (VALUE <> 'red'::hue);
CREATE TABLE t (
    a date DEFAULT '2020-01-01'::day CHECK (a::day > '2020-01-01'),
    b day DEFAULT '2020-01-01'::day, c day DEFAULT '2020-01-01' CHECK (c::day > b),
    d short DEFAULT 'x'::short CHECK (d::short <> 'a'), e short DEFAULT 'y',
    f longer DEFAULT 'x'::longer CHECK (f::longer <> 'a' AND f::code <> 'q'),
    g longer DEFAULT 'x'::code, h longer DEFAULT 'x', i tint DEFAULT 'red'::tint,
    j tint DEFAULT 'green' CHECK (coalesce(j, 'red'::tint)::hue = 'red'),
    k tint DEFAULT 'red'::hue CHECK (k::hue <> 'red'), l code[] DEFAULT '{a,b}',
    m grade DEFAULT '7', n grade DEFAULT 7::smallint, o grade DEFAULT 7::bigint,
    p grade DEFAULT -7, q grade DEFAULT '8'::integer CHECK (q::grade > -2000),
    r text DEFAULT 'q'::code, s grade DEFAULT 6::grade,
    CHECK (d::text::short <> 'q'), CHECK (d::varchar(5) <> 'q'),
    v pair DEFAULT ROW(1, 'a'), w pair DEFAULT (1, 'a'),
    x pair DEFAULT ROW(1, 'a')::pair);
""",
    "citext": """
CREATE EXTENSION citext;
CREATE DOMAIN email AS citext CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE TABLE t (
    c citext DEFAULT 'x', d citext DEFAULT lower('X'), x text, k varchar(9),
    em email DEFAULT 'a@b',
    CHECK (c LIKE 'a%'), CHECK (c NOT LIKE d), CHECK (c IN ('a', 'b')),
    CHECK (c ILIKE 'q%' OR c ~ 'x' OR c !~* 'y'), CHECK (c = ANY (ARRAY['a', 'b'])),
    CHECK (c = x), CHECK (c <> k), CHECK (c > 'a'::text), CHECK (c BETWEEN 'a' AND 'z'),
    CHECK (lower(c) = 'a'), CHECK (length(c) > 2), CHECK (trim(c) <> ''),
    CHECK (c || 'x' <> 'y'), CHECK (c || d <> 'x'), CHECK (c || k <> 'x'),
    CHECK (c = lower(d)), CHECK (coalesce(c, 'q') <> ''), CHECK (greatest(c, d) <> 'q'),
    CHECK (nullif(c, '') IS NOT NULL), CHECK (c IS DISTINCT FROM 'q'),
    CHECK (CASE c WHEN 'a' THEN true ELSE false END), CHECK (c COLLATE "C" > 'a'),
    CHECK (replace(c, 'a', 'b') <> ''), CHECK (replace(c, x, 'b') <> ''),
    CHECK (split_part(c, '@', 1) <> ''), CHECK (strpos(c, 'q') = 0),
    CHECK (regexp_replace(c, 'a', 'b', 'g') <> 'q'),
    CHECK (translate(c, 'a', 'b') <> 'x'),
    CHECK (regexp_match(c, 'a') IS NULL), CHECK (position('x' in c) > 0),
    CHECK (em <> 'q@r'), CHECK (em = c), CHECK (em LIKE '%@x'),
    CHECK (em IN ('a@b', 'c@d')), CHECK (lower(em) = x));
CREATE INDEX ON t (lower(c));
CREATE INDEX ON t ((c || 'x'));
CREATE INDEX ON t ((c::text));
CREATE INDEX ON t (d) WHERE c LIKE 'a%';
CREATE UNIQUE INDEX ON t (em) WHERE em <> 'a@a';
CREATE VIEW v AS SELECT replace(c, 'a', 'b') AS r, c || 'x' AS j, em || '!' AS n,
    CASE c WHEN 'a' THEN 1 ELSE 2 END AS k, coalesce(c, 'none') AS q,
    string_agg(c, ',') AS s, count(*) FILTER (WHERE c = 'q') AS n2
    FROM t WHERE em IN ('a@b', 'c@d') AND c = ANY ('{a,b}') AND c NOT IN ('z', 'y')
    AND c LIKE 'a%' GROUP BY c, em;
""",
    "types of extensions": """
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION ltree;
CREATE EXTENSION pgcrypto;
CREATE EXTENSION "uuid-ossp";
CREATE EXTENSION intarray;
CREATE EXTENSION fuzzystrmatch;
CREATE TABLE t (
    id uuid DEFAULT uuid_generate_v4(), x text, k varchar(9), l ltree, i integer[],
    h hstore DEFAULT '', g hstore DEFAULT ' bb =>NULL, "a"=>"1"',
    f hstore DEFAULT ''::hstore,
    CHECK (h ? 'a'), CHECK (h -> 'a' = 'b'), CHECK (h @> 'a=>1'), CHECK (exist(h, 'a')),
    CHECK (h @> 'a=>1'::hstore), CHECK (h ?& ARRAY['a', 'b']),
    CHECK (x % 'abc'), CHECK (similarity(x, k) > 0.1), CHECK (x <-> 'q' < 0.5),
    CHECK (l <@ 'a.b'), CHECK (nlevel(l) > 1), CHECK (l = 'a'), CHECK (i && ARRAY[1, 2]),
    CHECK (i @> '{1}'), CHECK (encode(digest(x, 'sha256'), 'hex') <> ''),
    CHECK (levenshtein(x, 'q') > 1));
CREATE INDEX ON t USING gin (x gin_trgm_ops);
CREATE INDEX ON t USING gin (h);
CREATE INDEX ON t ((h -> 'a'));
CREATE VIEW v AS SELECT h -> 'a' AS a FROM t
    WHERE h ? 'a' AND h -> 'a' IN ('q') AND l <@ 'a' AND x % 'q';
""",
    "functions in FROM": """
CREATE TYPE pr AS (n int, s text);
CREATE TABLE t (id integer PRIMARY KEY, k text, n integer, a int[], j jsonb,
    ts timestamptz, d date, b boolean, nu numeric(10,2), r int4range, v varchar(9), p pr);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql STABLE AS $$ SELECT * FROM t $$;
CREATE FUNCTION g(x int) RETURNS TABLE (q int, z text) LANGUAGE sql STABLE AS $$
    SELECT 1, 'a'::text $$;
CREATE FUNCTION h(x int, OUT a int, OUT b text) LANGUAGE sql STABLE AS $$ SELECT 1,
    'a'::text $$;
CREATE FUNCTION s(x int) RETURNS SETOF int LANGUAGE sql STABLE AS $$ SELECT 1 $$;
CREATE VIEW v1 AS SELECT id, n FROM f();
CREATE VIEW v2 AS SELECT q, z FROM g(1);
CREATE VIEW v3 AS SELECT gg.q FROM g(1) AS gg;
CREATE VIEW v4 AS SELECT a, b FROM h(1);
CREATE VIEW v5 AS SELECT s FROM s(1);
CREATE VIEW v6 AS SELECT i FROM generate_series(1, 10) AS i;
CREATE VIEW v7 AS SELECT x FROM t, unnest(a) AS x;
CREATE VIEW v8 AS SELECT x.i, x.o FROM t, unnest(t.a) WITH ORDINALITY AS x(i, o);
CREATE VIEW v9 AS SELECT e.key, e.value FROM t, jsonb_each(j) AS e;
CREATE VIEW v10 AS SELECT e FROM t, jsonb_array_elements_text(j) AS e;
CREATE VIEW v11 AS SELECT x.a, x.b FROM t, jsonb_to_record(j) AS x(a int, b text);
CREATE VIEW v16 AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r
    WHERE i < 5) SELECT i FROM r;
CREATE VIEW v25 AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW v32 AS SELECT rows.a FROM ROWS FROM (generate_series(1,2),
    unnest(ARRAY['a','b'])) AS rows(a, b);
""",
    "expressions in views": """
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
""",
    "expressions in checks": """
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
    CHECK (ip = '10.0.0.1'), CHECK (family(ip) = 4), CHECK (by <> '\\x00'),
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
""",
}

OTHER = {  # a word of SAME, and what makes it another schema
    "bounds": ("IN ('1', -2)", "IN ('1', -3)"),
    "arrays": ("'{1, 2,3}'", "'{1,2,4}'"),
    "literals": ("01:00:00+01", "01:00:00+02"),
    "lists": ("CHECK (a IN ('x'::text, 'y'::text))",
              "CHECK (a IN ('x'::text, 'z'::text))"),
    "calls": ("to_char(d, 'YYYY')", "to_char(d::timestamp, 'YYYY')"),
    "targets": ("SELECT 'asd'", "SELECT 'asd'::varchar AS \"?column?\""),
    "composites": ("(i).count = 1", "(i).count = 2"),
    "policies": ("SELECT id FROM active", "SELECT active.id FROM active WHERE id > 0"),
    "definitions": ("(subtype = integer)",
                    "(subtype = integer, multirange_type_name = spans)"),
    "texts": ("restrict = eqsel, ", ""),
    "ranges": (", SUBTYPE_DIFF = zz_apart", ""),
    "extensions": ("REVOKE EXECUTE ON FUNCTION digest(text, text) FROM PUBLIC;", ""),
    "joins": ("d || v AS e4", "d || tx AS e4"),
    "bodies": ("SET n = n - amount WHERE id = giver", "SET n = n - amount"),
    "rules": ("SET label = new.label", "SET label = old.label"),
    "sequences": ("CREATE SEQUENCE t_id_seq;", ""),
}


def differences(env, file, url):
    """Exit code and text in each direction."""
    for ends in ((file, url), (url, file)):
        yield env.schemac("diff", "--exit-code", "--allow", "all", "-q",
                          "--dialect", "postgres", *ends)


@params(*SAME)
def test_declared_is_what_the_server_keeps(env, name):
    url = loaded(env, SAME[name])
    for done in differences(env, written(env, "declared.sql", SAME[name]), url):
        env.check(done.code == 0 and done.out == "", done.story())


@params(*SAME)
def test_so_is_what_our_ddl_makes(env, name):
    file = written(env, "declared.sql", SAME[name])
    for done in differences(env, file, created(env, file)):
        env.check(done.code == 0 and done.out == "", done.story())


def test_function_of_a_range_stands_before_it(env):
    """A type that a function takes, the function, and the range measured by it."""
    url = created(env, written(env, "declared.sql", """
CREATE TYPE span AS RANGE (SUBTYPE = step, SUBTYPE_DIFF = a_apart);
CREATE FUNCTION a_apart(a step, b step) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
CREATE TYPE step AS ENUM ('one', 'two');
CREATE TABLE t (s span);
"""))
    env.equal(psql(env, url, "INSERT INTO t VALUES ('[one,two)'); SELECT s FROM t"),
              "[one,two)\n", "range")


@params(*OTHER)
def test_another_thing_is_a_difference(env, name):
    old, new = OTHER[name]
    env.check(old in SAME[name], f"{old} is not there")
    url = loaded(env, SAME[name])
    file = written(env, "declared.sql", SAME[name].replace(old, new))
    for done in differences(env, file, url):
        env.check(done.code != 0, done.story())


def test_another_role_is_not_current_user(env):
    """Whoever describes the database is CURRENT_USER, and nobody else."""
    made = "CREATE TABLE t (id integer); CREATE POLICY p ON t TO pg_monitor;"
    file = written(env, "declared.sql", made.replace("pg_monitor", "CURRENT_USER"))
    for done in differences(env, file, loaded(env, made)):
        env.check(done.code != 0, done.story())
