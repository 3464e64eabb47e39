"""Rows that two databases of one declaration must both take, or both refuse.

They are made from PostgreSQL's catalog (structure.CATALOG): a row of what each table
asks for, the same once more, one with NULL or without a parent for each column that
allows neither.  Columns of a primary key get no NULL: SQLite's own files let it in.
Names are PostgreSQL's: SQLite does not tell their case.
"""

import sqlite3

DAYS = {"timestamp": "2024-01-0{} 00:00:00", "timestamptz": "2024-01-0{} 00:00:00",
        "date": "2024-01-0{}", "time": "0{}:00:00",
        "uuid": "00000000-0000-4000-8000-00000000000{}"}
PLAIN = {"int2", "int4", "int8", "text", "varchar", "bool", "numeric", "float4", "float8"}
ORPHAN = 7


def literal(kind, length, number):
    """(PostgreSQL's, SQLite's) literal; None where no type is known that well."""
    if kind in DAYS:
        text = "'" + DAYS[kind].format(number) + "'"
    elif kind in PLAIN or kind in ("json", "jsonb"):
        text = f"'{min(number, 1) if kind == 'bool' else number}'"
    elif kind == "bpchar":
        text = "'" + str(number) * length + "'"
    elif kind == "bytea":
        return f"'\\x3{number}'", f"x'3{number}'"
    else:
        return None
    return text, text


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class Maker:
    def __init__(self, row):
        columns = row["columns"] or []
        self.name = row["name"]
        self.kinds = {name: (kind, length) for name, kind, _, _, _, length, *_ in columns}
        self.asked = [name for name, _, not_null, _, given, *_ in columns
                      if not_null and not given]
        self.counted = [name for name, _, _, _, _, _, counts, *_ in columns if counts]
        self.key = next((names for primary, _, _, names, _ in row["indexes"] or []
                         if primary), [])
        self.parents = {names[0]: target.strip('"')
                        for target, _, _, names in row["references"] or []
                        if len(names) == 1}

    def is_known(self):
        return all(literal(*self.kinds[column], 1) for column in self.asked)

    def insert(self, number, columns, other=None):
        """(PostgreSQL's, SQLite's) INSERT; `other` has the literals that differ."""
        values = {column: literal(*self.kinds[column], number) for column in columns}
        values.update(other or {})
        if not values:
            text = f"INSERT INTO {quoted(self.name)} DEFAULT VALUES"
            return text, text
        names = ", ".join(map(quoted, values))
        return tuple(f"INSERT INTO {quoted(self.name)} ({names}) {words}"
                     f"VALUES ({', '.join(value[i] for value in values.values())})"
                     for i, words in enumerate(("OVERRIDING SYSTEM VALUE ", "")))

    def statements(self):
        """The first row gets its number from the engine; later ones give it, because a
        row that is refused costs a number on one of the two."""
        columns = self.counted + self.asked
        yield self.insert(1, self.asked)
        yield self.insert(1, columns)
        for column in self.asked:
            if column not in self.key:  # SQLite counts there, or lets NULL in
                yield self.insert(2, columns, {column: ("NULL", "NULL")})
        for column in self.parents:
            orphan = literal(*self.kinds[column], ORPHAN)
            if orphan:
                yield self.insert(2, columns, {column: orphan})
        yield self.insert(2, columns)


def in_order(makers):
    """Parents first; tables in a circle, and what hangs on them, as they come."""
    left, done, out = list(makers), set(), []
    while left:
        ready = [m for m in left if all(parent in done or parent == m.name
                                        for parent in m.parents.values())] or left[:1]
        out += ready
        done.update(m.name for m in ready)
        left = [m for m in left if m.name not in done]
    return out


def statements(catalog):
    """[(PostgreSQL's, SQLite's)] of all tables whose columns are known well enough."""
    makers = [Maker(row) for row in catalog]
    return [pair for m in in_order(makers) if m.is_known() for pair in m.statements()]


def script(pairs):
    """For psql: one line of the output tells of each whether it failed."""
    return "".join(f"{pair[0]};\n\\echo @ :ERROR\n" for pair in pairs)


def verdicts_of_psql(out):
    return [line == "@ false" for line in out.splitlines() if line.startswith("@ ")]


def verdicts_of_sqlite(text, pairs):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(text)
        connection.execute("PRAGMA foreign_keys = ON")
        return [is_taken(connection, pair[1]) for pair in pairs]
    finally:
        connection.close()


def is_taken(connection, statement):
    try:
        connection.execute(statement)
        return True
    except sqlite3.Error:
        return False
