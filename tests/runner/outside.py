"""Two databases compared by what their engine says of them, not by what schemac says.

Where ../shared has its own program for that, it is asked as well.
"""

import re
import sqlite3
import shutil

from .base import Failure, execute
from .postgres import find_program

EQUAL, EQUAL_BUT_FOR_COLUMN_ORDER = 0, 10  # exit codes of the programs of ../shared


# ---- SQLite ----

def sqlite_facts(path, column_order):
    """Sorted: the order in which lists were made is no fact, that of columns may be."""
    connection = sqlite3.connect(path)
    try:
        return sorted(map(repr, facts_of(connection, column_order)))
    finally:
        connection.close()


def sqlite_shape(path):
    """Tables, columns, keys and indexes, however they were written."""
    connection = sqlite3.connect(path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"
                                    " AND name NOT LIKE 'sqlite_%'").fetchall()
        return sorted(repr(fact).lower() for (table,) in tables
                      for fact in table_facts(connection, table, True))
    finally:
        connection.close()


def facts_of(connection, column_order):
    for kind, name, table, sql in connection.execute("""
            SELECT type, name, tbl_name, sql FROM sqlite_schema
            WHERE tbl_name <> 'schemac_history' AND tbl_name NOT LIKE 'sqlite_%'
            """).fetchall():
        if kind == "table":
            yield from table_facts(connection, name, column_order)
        if sql is not None:
            # ALTER leaves spaces and quotes of its own in the text.
            yield kind, name, table, sorted(re.findall(r"\w+|[^\w\s\"]", sql))
        if name == "schemac_comments" and kind == "table":
            yield from connection.execute("SELECT * FROM schemac_comments").fetchall()


def table_facts(connection, table, column_order):
    def query(sql, name):
        return connection.execute(sql, (name,)).fetchall()

    facts = [("shape", table, row[2:])
             for row in query("SELECT * FROM pragma_table_list(?)", table)]
    facts += [("column", table, row if column_order else row[1:])
              for row in query("SELECT * FROM pragma_table_xinfo(?)", table)]
    facts += [("foreign key", table, row[1:])
              for row in query("SELECT * FROM pragma_foreign_key_list(?)", table)]
    for _, index, *rest in query("SELECT * FROM pragma_index_list(?)", table):
        # SQLite numbers the indexes of constraints as it meets them.
        name = "" if index.startswith("sqlite_autoindex_") else index
        keys = query("SELECT seqno, name, desc, coll FROM pragma_index_xinfo(?)"
                     " WHERE key", index)
        facts.append(("index", table, name, rest, keys))
    return facts


def without_history(path, folder):
    copy = folder / f"outside-{path.name}"
    shutil.copy(path, copy)
    connection = sqlite3.connect(copy)
    connection.execute("DROP TABLE IF EXISTS schemac_history")
    connection.commit()
    connection.close()
    return copy


def same_sqlite(env, one, other, codes):
    exact = EQUAL_BUT_FOR_COLUMN_ORDER not in codes
    must_be_same(sqlite_facts(one, exact), sqlite_facts(other, exact),
                 f"{one} and {other}")
    oracle = env.find_shared("cases/oracle/equal_sqlite.sh")
    if oracle is not None:
        copies = [without_history(path, env.dir) for path in (one, other)]
        agree(execute([oracle, "-v", *copies], cwd=env.dir), codes)


# ---- PostgreSQL ----

def parts(url):
    """The name of the database, and the environment that leads programs to its server."""
    name, _, rest = url.removeprefix("postgresql:///").partition("?")
    words = dict(part.split("=", 1) for part in rest.split("&"))
    return name, {"PGHOST": words["host"], "PGUSER": words["user"]}


def postgres_facts(env, url):
    """What pg_dump writes, statement by statement, without regard to order."""
    done = execute([find_program("pg_dump"), "-s", "--no-owner", "-d", url], cwd=env.dir)
    if done.code != 0:
        raise Failure(done.story())
    lines = [line for line in done.out.splitlines()
             if line and not line.startswith(("--", "SET ", "SELECT pg_catalog", "\\"))]
    statements = re.split(r"(?<=;)\n(?=[A-Z])", "\n".join(lines))
    return sorted("\n".join(sorted(line.rstrip(",") for line in s.splitlines()))
                  for s in statements)


def same_postgres(env, one, other, codes):
    must_be_same(postgres_facts(env, one), postgres_facts(env, other), "two databases")
    oracle = env.find_shared("cases/oracle/equal_pg.sh")
    if oracle is not None:
        (a, environment), (b, _) = parts(one), parts(other)
        agree(execute([oracle, "-v", a, b], cwd=env.dir, env=environment), codes)


# ---- verdicts ----

def must_be_same(one, other, what):
    if one != other:
        only_one = "\n".join(f"only in the first: {f}" for f in one if f not in other)
        only_other = "\n".join(f"only in the second: {f}" for f in other if f not in one)
        raise Failure(f"{what} differ\n{only_one}\n{only_other}")


def agree(done, codes):
    if done.code not in codes:
        raise Failure("an outside reader sees a difference\n" + done.story())
