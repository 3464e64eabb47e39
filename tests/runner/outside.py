"""Two databases compared by what their engine says of them, not by what schemac says.

Where ../shared has its own readers for that, they are asked as well: in this process, as
starting one costs as much as their work.
"""

import contextlib
import difflib
import functools
import importlib.util
import re
import sqlite3
import shutil
import threading

from .base import Failure, execute
from .postgres import find_program

EQUAL, EQUAL_BUT_FOR_COLUMN_ORDER = "equal", "equal-modulo-column-order"
READERS = {"postgres": "cases/oracle/norm_pg.py", "sqlite": "cases/oracle/norm_sqlite.py"}
CUT_MAX = 10000  # statements
LOADED, LOADING = {}, threading.Lock()


# ---- the readers of ../shared ----

def load_reader(path):
    """A program of others that compares two databases and knows nothing of schemac; None
    where it is absent."""
    with LOADING:
        if path not in LOADED:
            LOADED[path] = import_reader(path) if path.is_file() else None
        return LOADED[path]


def import_reader(path):
    spec = importlib.util.spec_from_file_location(f"outside_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # It cuts the same statements again and again, and changes none of the lists.
    if hasattr(module, "toks"):
        module.toks = functools.lru_cache(CUT_MAX)(module.toks)
    return module


def reader_of(env, engine):
    path = env.find_shared(READERS[engine])
    return None if path is None else load_reader(path)


def must_agree(verdict, allowed, entries):
    """`entries()`: of the first and of the second, in an order."""
    if verdict not in allowed:
        raise Failure(f"an outside reader says: {verdict}\n" + "\n".join(
            difflib.unified_diff(*entries(), "first", "second", lineterm="", n=0)))


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
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("DROP TABLE IF EXISTS schemac_history")
    return copy


def must_read_as_same(env, one, other, allowed):
    """Two files, to the reader of ../shared."""
    reader = reader_of(env, "sqlite")
    if reader is None:
        return
    with contextlib.closing(reader.open_any(str(one))) as a, \
            contextlib.closing(reader.open_any(str(other))) as b:
        verdict = reader.verdict(a, b)
        loose = verdict == "different"
        must_agree(verdict, allowed,
                   lambda: (reader.sig(a)[loose], reader.sig(b)[loose]))


def same_sqlite(env, one, other, allowed):
    exact = EQUAL_BUT_FOR_COLUMN_ORDER not in allowed
    must_be_same(sqlite_facts(one, exact), sqlite_facts(other, exact),
                 f"{one} and {other}")
    must_read_as_same(env, *(without_history(path, env.dir) for path in (one, other)),
                      allowed)


# ---- PostgreSQL ----

STATISTICS = re.compile(r"(?m)^(CREATE STATISTICS .* ON )(.*)( FROM .*;)$")


def with_sorted_statistics(dump):
    """The server tells the columns of statistics in the order of the table's."""
    return STATISTICS.sub(
        lambda m: m[1] + ", ".join(sorted(m[2].split(", "))) + m[3], dump)


def dump_of(env, url):
    """What pg_dump writes; \\restrict is followed by another word each time."""
    done = execute([find_program("pg_dump"), "-s", "--no-owner", "-d", url], cwd=env.dir)
    if done.code != 0:
        raise Failure(done.story())
    return with_sorted_statistics(re.sub(r"(?m)^\\(un)?restrict .*\n", "", done.out))


def postgres_facts(dump):
    """Statement by statement, without regard to order."""
    lines = [line for line in dump.splitlines()
             if line and not line.startswith(("--", "SET ", "SELECT pg_catalog", "\\"))]
    statements = re.split(r"(?<=;)\n(?=[A-Z])", "\n".join(lines))
    return sorted("\n".join(sorted(line.rstrip(",") for line in s.splitlines()))
                  for s in statements)


def same_postgres(env, one, other, allowed):
    a, b = dump_of(env, one), dump_of(env, other)
    if a == b:
        return
    must_be_same(postgres_facts(a), postgres_facts(b), "two databases")
    reader = reader_of(env, "postgres")
    if reader is None:
        return
    verdict = reader.verdict(a, b)
    loose = verdict == "different"
    must_agree(verdict, allowed, lambda: (reader.norm(a, loose), reader.norm(b, loose)))


# ---- verdicts ----

def must_be_same(one, other, what):
    if one != other:
        only_one = "\n".join(f"only in the first: {f}" for f in one if f not in other)
        only_other = "\n".join(f"only in the second: {f}" for f in other if f not in one)
        raise Failure(f"{what} differ\n{only_one}\n{only_other}")
