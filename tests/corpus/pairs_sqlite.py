"""One pair of corpus/pairs.py on SQLite; its own shell runs the plans.

Which rows the new rules take is asked of a fresh database of the new file: those that it
refuses must stop the plan, and nothing may have changed then.
"""

import json
import re
import sqlite3
from collections import Counter

from runner.base import Failure
from runner.postgres import find_program

from .filled import Column, LENGTHS_MAX, Table, fill, quoted, text_literal
from .live import load
from .loads import Sqlite, shown_difference
from .pairs import Told
from .probes import Tool, failure_of

DAY = re.compile(r"DATE|TIME", re.I)
REFUSAL = re.compile(r"CHECK constraint failed: (.*)")


# ---- rows ----

def tables_of(connection):
    """All but virtual tables, their shadows and SQLite's own."""
    return [table_of(connection, name, sql) for name, sql in connection.execute(
        "SELECT l.name, s.sql FROM pragma_table_list l JOIN sqlite_schema s "
        "ON s.type = 'table' AND s.name = l.name WHERE l.type = 'table' "
        "AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name").fetchall()]


def table_of(connection, name, sql):
    columns = [Column(column, declared, declared.upper(), length_of(declared),
                      optional=not not_null and not key, computed=hidden != 0,
                      has_default=(default is not None
                                   or bool(key and "INT" in declared.upper())))
               for _, column, declared, not_null, default, key, hidden in
               connection.execute("SELECT * FROM pragma_table_xinfo(?)", [name])]
    checks = " ".join(re.findall(r"CHECK\s*\(.*", sql, re.I | re.S))
    return Table(quoted(name), columns, checks, keys_of(connection, name))


def length_of(declared):
    found = re.search(r"CHAR\w*\s*\((\d+)\)", declared, re.I)
    return int(found.group(1)) if found else 0


def keys_of(connection, name):
    keys = {}
    for number, parent, column, target in connection.execute(
            'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) '
            "ORDER BY id, seq", [name]).fetchall():
        if target is None:
            target = key_of(connection, parent, len(keys.get(number, ([],))[0]))
        columns, _, targets = keys.setdefault(number, ([], quoted(parent), []))
        columns.append(column)
        targets.append(target)
    return list(keys.values())


def key_of(connection, parent, place):
    names = [name for name, in connection.execute(
        "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", [parent])]
    return names[place] if place < len(names) else "rowid"


def value(c, number, mentioned, r):
    if mentioned:
        literal = r.choice(mentioned)
        if literal.isdigit() and 1 < int(literal) <= LENGTHS_MAX and "INT" not in c.base:
            literal = f"{number}".rjust(int(literal), "a")
        return text_literal(literal)
    if DAY.search(c.base):
        return text_literal(f"2024-01-{number % 28 + 1:02} 01:02:03")
    if "BLOB" in c.base:
        return f"x'{number:02x}'"
    if any(word in c.base for word in ("CHAR", "TEXT", "CLOB")):
        return text_literal(f"v{number}"[-c.length:] if c.length else f"v{number}")
    if "BOOL" in c.base:
        return str(number % 2)
    return str(number)


def fill_database(connection, tables):
    connection.execute("PRAGMA foreign_keys = ON")

    def attempt(sql):
        try:
            connection.execute(sql)
            return None
        except sqlite3.Error as e:
            return str(e)

    def has_rows(name):
        return bool(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {name})")
                    .fetchone()[0])

    return fill(tables, attempt, value, has_rows)


# ---- contents ----

def contents(connection, tables, others=None):
    """{table: sorted rows of (column, value)} of what `others` have, too."""
    wanted = {t.name: names_of(t) for t in others or tables}
    out = {}
    for t in tables:
        if t.name in wanted:
            names = sorted(names_of(t) & wanted[t.name])
            rows = connection.execute(
                f"SELECT {', '.join(map(quoted, names)) or 1} FROM {t.name}")
            out[t.name] = sorted((tuple(zip(names, row)) for row in rows), key=repr)
    return out


def insertion(table, row):
    if not row:
        return f"INSERT INTO {table} DEFAULT VALUES", []
    return (f"INSERT INTO {table} ({', '.join(quoted(name) for name, _ in row)}) "
            f"VALUES ({', '.join('?' * len(row))})", [value for _, value in row])


def names_of(t):
    return {c.name for c in t.columns if not c.computed}


def counters(connection):
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = "
                              "'sqlite_sequence'").fetchone():
        return {}
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))


def opened(path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


class Server:
    def __init__(self, context, folder, shared):
        self.folder = folder
        self.reader = Sqlite(context, shared, []).reader
        self.tool = Tool(context, folder, ["--dialect", "sqlite", "--allow", "all"])

    def plan(self, pair, *options):
        made = self.tool.read("diff", "-q", *options, pair.old, pair.new)
        if failure_of(made):
            raise Failure(f"diff {' '.join(options)}: {failure_of(made)}")
        path = self.folder / f"plan{''.join(options)}.sql"
        path.write_text(made.out, encoding="utf-8")
        return path

    def is_lossless(self, pair):
        done = self.tool.read("plan", "-q", "--format", "json", pair.old, pair.new)
        if failure_of(done):
            raise Failure(f"plan: {failure_of(done)}")
        return all(plan["label"] == "lossless" for plan in json.loads(done.out)["plans"])

    def shell(self, path, script):
        return self.tool.execute([find_program("sqlite3") or "sqlite3", "-bail", path,
                                  f".read {script}"])


def prove(server, pair):
    return Way(server, pair).prove()


class Way:
    def __init__(self, server, pair):
        self.server, self.pair = server, pair
        self.path = server.folder / "start.db"
        self.fresh = server.folder / "fresh.db"
        load(self.path, pair.old.read_text(encoding="utf-8"))
        load(self.fresh, pair.new.read_text(encoding="utf-8"))
        self.told = Told()

    def prove(self):
        self.fill()
        plan = self.server.plan(self.pair)
        self.check_refusal(plan)
        self.choose_rows()
        copy = self.copied()
        self.run(copy, plan, "the plan")
        self.check_end(copy, self.fresh, "the plan")
        self.check_rows(copy, self.new, self.expected, "the plan")
        self.check_second(copy)
        self.way_back(copy, self.server.plan(self.pair, "--down"))
        return self.told

    def way_back(self, copy, plan):
        """What was lost may be what the old rules ask for: without rows all is well."""
        lossless = self.server.is_lossless(self.pair)
        if not lossless and self.server.shell(copy, plan).code != 0:
            connection = opened(copy)
            for t in self.new:
                connection.execute(f"DELETE FROM {t.name}")
            connection.close()
            self.run(copy, plan, "the way back without rows")
        elif lossless:
            self.run(copy, plan, "the way back")
            self.told.back += 1
            self.check_rows(copy, self.old, self.before, "there and back")
        self.check_end(copy, self.path, "the way back")

    def fill(self):
        one, other = opened(self.path), opened(self.fresh)
        self.old, self.new = tables_of(one), tables_of(other)
        empty = fill_database(one, self.old)
        one.close()
        other.close()
        self.told.tables, self.told.filled = len(self.old), len(self.old) - len(empty)
        self.told.empty.update(empty.values())

    # ---- rows that the new rules refuse ----

    def arrival(self):
        """Rows of both, put into a fresh database of the new file: ({table: what is there
        then}, {table: why not})."""
        one, other = opened(self.path), sqlite3.connect(":memory:", isolation_level=None)
        other.executescript(self.pair.new.read_text(encoding="utf-8"))
        other.execute("PRAGMA foreign_keys = OFF")
        for name, in other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"
                                   ).fetchall():
            other.execute(f"DROP TRIGGER {quoted(name)}")
        self.initial = contents(other, self.new, self.old)
        for t in self.new:
            other.execute(f"DELETE FROM {t.name}")
        refused = {}
        for table, rows in contents(one, self.old, self.new).items():
            for row in rows:
                try:
                    other.execute(*insertion(table, row))
                except sqlite3.Error as e:
                    refused[table] = str(e)
        for orphan in other.execute("PRAGMA foreign_key_check").fetchall():
            refused[quoted(orphan[0])] = f"a row without a parent in {orphan[2]}"
        found = contents(other, self.new, self.old)
        one.close()
        other.close()
        return found, refused

    def check_refusal(self, plan):
        """The plan must stop at rows that do not fit, and leave everything as it was."""
        _, refused = self.arrival()
        if not refused:
            return
        copy = self.copied()
        before = copy.read_bytes()
        done = self.server.shell(copy, plan)
        if done.code == 0:
            raise Failure(f"rows came along that the new rules refuse: {refused}")
        if copy.read_bytes() != before:
            self.check_end(copy, self.path, "after a refusal")
        self.told.refused += [f"{table}: {why}" for table, why in refused.items()]

    def choose_rows(self):
        """Only those that the new rules take stay."""
        found, refused = self.arrival()
        one = opened(self.path)
        one.execute("PRAGMA foreign_keys = OFF")
        while refused:
            for table in refused:
                one.execute(f"DELETE FROM {table}")
            for orphan in one.execute("PRAGMA foreign_key_check").fetchall():
                one.execute(f"DELETE FROM {quoted(orphan[0])}")
            found, refused = self.arrival()
        self.before = contents(one, self.old)
        self.counted = counters(one)
        one.close()
        self.expected = found

    # ---- verdicts ----

    def copied(self):
        copy = self.server.folder / "copy.db"
        copy.write_bytes(self.path.read_bytes())
        return copy

    def run(self, path, script, what):
        done = self.server.shell(path, script)
        if done.code != 0:
            raise Failure(f"{what}: {done.err.strip()}")

    def check_end(self, path, wanted, what):
        one, other = opened(path), opened(wanted)
        try:
            if self.server.reader.verdict(other, one) == "different":
                difference = shown_difference(self.server.reader.sig(other)[1],
                                              self.server.reader.sig(one)[1])
                raise Failure(f"{what}: another database: {difference}")
            for pragma in ("integrity_check", "foreign_key_check"):
                found = one.execute(f"PRAGMA {pragma}").fetchall()
                if found not in ([], [("ok",)]):
                    raise Failure(f"{what}: {pragma}: {found[:2]}")
        finally:
            one.close()
            other.close()

    def check_rows(self, path, tables, wanted, what):
        connection = opened(path)
        got = contents(connection, tables, self.old)
        reached = counters(connection)
        connection.close()
        for table, rows in wanted.items():
            lost = Counter(rows) - Counter(got[table])
            more = Counter(got[table]) - Counter(rows)
            if lost or more - Counter(self.initial.get(table, [])):
                raise Failure(f"{what}: the rows of {table}: missing {list(lost)[:2]}, "
                              f"not expected {list(more)[:2]}")
        kept = {t.name for t in tables}
        for table, number in self.counted.items():
            if quoted(table) in kept and reached.get(table, number) != number:
                raise Failure(f"{what}: {table} was at {number}, is at {reached[table]}")

    def check_second(self, path):
        second = self.server.tool.read("diff", "--exit-code", "-q", f"sqlite:{path}",
                                       self.pair.new)
        if second.code != 0:
            raise Failure(f"a second diff: {second.out or second.err}"[:400])
