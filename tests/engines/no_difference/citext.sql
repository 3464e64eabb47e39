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
