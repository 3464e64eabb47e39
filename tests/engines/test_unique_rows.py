"""Rows that a unique index would refuse are found and listed before anything is changed,
on both engines: the index of a constraint, one of its own, of an expression, of some
rows, of NULLs, of all rows at once; fast and beside others."""

import sqlite3

from runner.databases import psql, psql_refused, written
from runner.engines import params

TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int, b text);\n"
ROWS = ("INSERT INTO t VALUES (1, 1, 'x'), (2, 1, 'X'), (3, NULL, 'y'), (4, NULL, 'z'),"
        " (5, 2, NULL);")
# What is declared: what is in the way, in the server's words, or None.
INDEXES = {
    "CREATE UNIQUE INDEX i ON t (a)": "(a 1, count 2)",
    "CREATE UNIQUE INDEX i ON t (b)": None,
    "CREATE UNIQUE INDEX i ON t (lower(b))": "(lower x, count 2)",
    "CREATE UNIQUE INDEX i ON t (lower(b), a)": "(lower x, a 1, count 2)",
    "CREATE UNIQUE INDEX i ON t (lower(b)) WHERE id > 1": None,
    "CREATE UNIQUE INDEX i ON t (a) WHERE b <> 'y'": "(a 1, count 2)",
    "CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT WHERE id > 1": "count 2)",
    "CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT WHERE id IN (1, 3, 5)": None,
    "CREATE UNIQUE INDEX i ON t ((true))": "(count 5)",
    "CREATE UNIQUE INDEX i ON t ((true)) WHERE id = 1": None,
    "CREATE UNIQUE INDEX i ON t ((1), a)": "(a 1, count 2)",
    "CREATE INDEX i ON t (a)": None,
}


def folder_of(env, index):
    folder = env.dir / "shop"
    folder.mkdir()
    written(env, "shop/1.0.0.sql", TABLE)
    written(env, "shop/2.0.0.sql", f"-- @extends 1.0.0\n{index};\n")
    return folder


@params(*((index, way) for index in INDEXES for way in ("at once", "--online")))
def test_on_postgres(env, index, way):
    folder = folder_of(env, index)
    url = env.postgres()
    more = [way] if way.startswith("--") else []
    done = env.schemac("migrate", "to", "1.0.0", folder, "--database", url)
    env.check(done.code == 0, done.story())
    psql(env, url, ROWS)
    sql = env.ok("diff", "--dialect", "postgres", *more, f"{folder}@1.0.0", folder)
    if INDEXES[index] is None:
        done = env.schemac("migrate", "up", folder, "--database", url, *more)
        env.check(done.code == 0, done.story())
        return
    done = env.refused(3, "t has rows that are alike (i)", "migrate", "up", folder,
                       "--database", url, *more)
    env.check(INDEXES[index] in done.err, done.story())
    psql_refused(env, url, sql, "t has rows that are alike (i)")
    env.equal(psql(env, url, "SELECT count(*) FROM pg_class WHERE relname = 'i'"), "0\n",
              "an index is left")


@params(*(i for i in INDEXES if "DISTINCT" not in i))
def test_on_sqlite(env, index):
    folder = folder_of(env, index)
    path = env.dir / "app.db"
    done = env.schemac("migrate", "to", "1.0.0", folder, "--database", path)
    env.check(done.code == 0, done.story())
    connection = sqlite3.connect(path)
    connection.executescript(ROWS)
    connection.close()
    done = env.schemac("migrate", "up", folder, "--database", path)
    if INDEXES[index] is None:
        env.check(done.code == 0, done.story())
    else:
        env.check(done.code == 3 and "holds duplicates" in done.err, done.story())
