"""The server gives items of FROM that are called alike a number each: no difference."""

from runner.databases import loaded, psql, written

TABLES = """
CREATE SCHEMA s;
CREATE TABLE u (id integer, name text);
CREATE TABLE t (id integer, uid integer);
CREATE TABLE s.t (id integer, x integer);
"""
LONG = "a" * 60 + "öb"  # 63 bytes: a number takes the place of the whole ö
QUERIES = [
    # a query in a value, in a value of that one, beside a name that looks numbered
    "SELECT id, (SELECT u.name FROM u WHERE u.id = 3) AS n FROM u",
    "SELECT u.id FROM u WHERE u.id IN (SELECT u.id FROM u WHERE EXISTS "
    "(SELECT 1 FROM u WHERE u.id = 7)) AND EXISTS (SELECT 1 FROM u u_1, u)",
    "SELECT u.id FROM u u_1, u WHERE u.id IN (SELECT u.id FROM u)",
    "SELECT (SELECT u.id FROM t WHERE t.id = (SELECT max(u.id) FROM u)) AS a, "
    "(SELECT name FROM u ORDER BY u.id LIMIT 1) AS b FROM u",
    # what stands in FROM or WITH does not see its neighbours, but has other names
    "SELECT a.id FROM t a, (SELECT a.id FROM u a) b",
    "SELECT x.id FROM u, LATERAL (SELECT u.id FROM t u WHERE u.id = 1) x",
    "SELECT x.id FROM t, LATERAL (SELECT t.id, u.name FROM u WHERE u.id = t.uid) x",
    "WITH u AS (SELECT * FROM u) SELECT * FROM u",
    "WITH t AS (SELECT id FROM u), u AS (SELECT * FROM t) SELECT u.id FROM u",
    "WITH RECURSIVE r AS (SELECT id FROM t UNION ALL SELECT r.id FROM r) "
    "SELECT r.id FROM r WHERE EXISTS (SELECT 1 FROM t r)",
    "SELECT u.id FROM u UNION SELECT (SELECT u.id FROM u) FROM t ORDER BY 1",
    # one level: two schemas, a join with a name of its own
    "SELECT s.t.x, uid FROM public.t, s.t",
    "SELECT public.t.id, s.t.id AS id2 FROM s.t, t",
    "SELECT j.name FROM (u JOIN t USING (id)) AS j, u",
    "SELECT j.name FROM u, (u JOIN t ON u.id = t.id) AS j (a, name, c, d)",
    # every kind of item, every clause
    "SELECT (SELECT max(n) FROM generate_series(1, 3) AS g (n)) AS m FROM t g",
    "SELECT (SELECT max(g) FROM generate_series(1, 3) g) AS m FROM t g",
    "SELECT (SELECT v.a FROM (VALUES (1), (2)) v (a) LIMIT 1) AS a "
    "FROM (VALUES (1)) v (a)",
    "SELECT (SELECT count(*) FROM u TABLESAMPLE system (10)) AS c FROM u",
    "SELECT (SELECT row_to_json(u) FROM u LIMIT 1) AS r FROM u",
    "SELECT u.id FROM u JOIN t USING (id) WHERE EXISTS "
    "(SELECT 1 FROM u JOIN t USING (id) WHERE id = 4)",
    "SELECT (SELECT sum(u.id) OVER (PARTITION BY u.name) FROM u GROUP BY u.id, u.name "
    "HAVING max(u.name) > 'a' LIMIT 1) AS s FROM u",
    # a view has "old" and "new" already
    "SELECT old.id FROM u old, t new WHERE new.id = old.id",
    "SELECT 1 AS x FROM t old UNION SELECT (SELECT max(new.id) FROM u new) FROM t",
    f'SELECT (SELECT "{LONG}".id FROM u "{LONG}" LIMIT 1) AS x FROM t "{LONG}"',
]
POLICY = """
CREATE POLICY own ON t USING (EXISTS (SELECT 1 FROM u tt, t WHERE t.id = uid));
"""


def test_is_no_difference(env):
    sql = TABLES + "".join(f"CREATE VIEW v{i} AS {q};\n" for i, q in enumerate(QUERIES))
    url = loaded(env, sql + POLICY)
    printed = psql(env, url, """
        SELECT pg_get_viewdef(oid) FROM pg_class
            WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace;
        SELECT pg_get_expr(polqual, polrelid) FROM pg_policy""")
    long_name = "a" * 60 + "_1"
    for name in ("u_1", "u_2", "r_1", "t_1", "g_1(n)", "v_1(a)", "old_1", long_name):
        env.check(name in printed, f"{name}: {printed}")
    declared = written(env, "declared.sql", sql + POLICY)
    got = env.schemac("diff", "--exit-code", "--dialect", "postgres", declared, url)
    env.check(got.code == 0, got.story())
    return f"{len(QUERIES)} views"


def test_another_item_is_one(env):
    """The number says which u is meant."""
    inner, outer = (TABLES + "CREATE VIEW v AS SELECT u.id FROM u WHERE EXISTS "
                    f"(SELECT 1 FROM u u_1 WHERE {who}.id = 7);\n"
                    for who in ("u_1", "u"))
    url = loaded(env, inner)
    got = env.schemac("diff", "--exit-code", "--dialect", "postgres",
                      written(env, "outer.sql", outer), url)
    env.check(got.code == 1 and "VIEW v" in got.out, got.story())
