"""Views with `*` over joins by names: one declaration gives the same columns, in the same
order, with the same rows, on both engines, although `*` means another order in SQLite.
"""

import json
import sqlite3

from runner.databases import created, psql, written

TABLES = """-- @schema lot
CREATE TABLE a (id integer, x integer, y integer);
CREATE TABLE b (x integer, z integer);
CREATE TABLE c (y integer, x integer);
"""
ROWS = """INSERT INTO a VALUES (1, 2, 3), (4, 5, 6), (7, 8, 9);
INSERT INTO b VALUES (2, 20), (5, 50), (11, 110);
INSERT INTO c VALUES (3, 2), (6, 5), (9, 12);
"""
VIEWS = {
    "once": ("SELECT * FROM a JOIN b USING (x)", "x id y z"),
    "chained": ("SELECT * FROM a JOIN b USING (x) JOIN c USING (y, x)", "y x id z"),
    "twice": ("SELECT * FROM a JOIN b USING (x)"
              " JOIN (SELECT x, 5 AS five FROM c) AS k USING (x)", "x id y z five"),
    "within": ("SELECT * FROM a"
               " JOIN (SELECT * FROM b JOIN c USING (x)) AS k USING (x, y)", "x y id z"),
    "naturally": ("SELECT * FROM a NATURAL JOIN c", "x y id"),
    "left": ("SELECT * FROM a LEFT JOIN b USING (x)", "x id y z"),
    "beside": ("SELECT * FROM (SELECT id FROM a) AS k, b JOIN c USING (x)", "id x z y"),
    "of_one": ("SELECT b.*, id FROM a JOIN b USING (x)", "x z id"),
}
NAMED = "CREATE VIEW named (p, q, r, s) AS SELECT * FROM a JOIN b USING (x);\n"
COLUMNS = """SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = '{}'::regclass AND attnum > 0"""


LATER = "-- @extends 1.0.0\nALTER TABLE a ADD COLUMN more integer;\n"


def rows_of_postgres(env, url, view):
    out = psql(env, url, f"SELECT coalesce(json_agg(to_json(v)), '[]') FROM {view} AS v")
    return sorted(([*row.values()] for row in json.loads(out)), key=str)


def test_joins_by_names(env):
    (env.dir / "lot").mkdir()
    written(env, "lot/1.0.0.sql", TABLES + NAMED + "".join(
        f"CREATE VIEW v_{name} AS {query};\n" for name, (query, _) in VIEWS.items()))
    url = created(env, "lot@1.0.0")
    psql(env, url, ROWS)
    path = env.dir / "lot.db"
    env.sqlite_script(path, env.ok("ddl", "-q", "--dialect", "sqlite", "lot@1.0.0"))
    expected = {f"v_{name}": columns for name, (_, columns) in VIEWS.items()}
    expected["named"] = "p q r s"
    with sqlite3.connect(path) as db:
        db.executescript(ROWS)
        for view, columns in expected.items():
            cursor = db.execute(f"SELECT * FROM {view}")
            env.equal(" ".join(c[0] for c in cursor.description), columns, view)
            env.equal(psql(env, url, COLUMNS.format(view)).strip(), columns, view)
            rows = sorted((list(row) for row in cursor), key=str)
            env.check(rows, f"{view} has no rows")
            env.equal(rows, rows_of_postgres(env, url, view), view)
    for dialect, where in (("postgres", url), ("sqlite", f"sqlite:{path}")):
        env.ok("diff", "-q", "--exit-code", "--dialect", dialect, where, "lot@1.0.0")
    written(env, "lot/2.0.0.sql", LATER)
    how = ("diff", "-q", "--allow", "all", "lot@1.0.0", "lot@2.0.0", "--dialect")
    psql(env, url, env.ok(*how, "postgres"))
    env.sqlite_script(path, env.ok(*how, "sqlite"))
    with sqlite3.connect(path) as db:
        names = [c[0] for c in db.execute("SELECT * FROM v_once").description]
    env.equal(names, ["x", "id", "y", "more", "z"], "with a column that came later")
    env.equal(psql(env, url, COLUMNS.format("v_once")).split(), names, "on the server")
