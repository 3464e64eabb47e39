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
