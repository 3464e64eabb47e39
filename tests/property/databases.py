"""Databases: rows put in at random, what a database holds, and what the second opinion
says that it holds after a migration.
"""

import sqlite3

from .schemas import quote
from .values import NoSuchValue, TYPES, convert

ROWID_NAMES = ("rowid", "_rowid_", "oid")
HISTORY = "schemac_history"


def opened(path):
    connection = sqlite3.connect(path, isolation_level=None)
    # Nothing waits for the disk: a killed test is repeated.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    return connection


def rowid_name(t):
    """How the rowid is called; None where there is none to ask for."""
    taken = {c.name.lower() for c in t.columns}
    free = [n for n in ROWID_NAMES if n not in taken]
    return free[0] if free and not t.without_rowid else None


# ---- rows at random ----

def fill(r, path, schema, most):
    """Rows in every table, with gaps between them.  What a rule refuses is left out."""
    connection = opened(path)
    connection.execute("PRAGMA foreign_keys = ON")
    for _ in range(2):
        for t in schema.tables:
            for _ in range(r.randint(0, most)):
                attempt(connection, *insertion(r, connection, schema, t))
    for t in schema.tables:
        hole = r.randint(0, 3)
        key = rowid_name(t)
        if key and hole:
            attempt(connection, f"DELETE FROM {quote(t.name)} WHERE {key} = "
                    f"(SELECT max({key}) FROM {quote(t.name)}) - {hole - 1}", [])
        if key and r.random() < 0.3:
            attempt(connection, f"UPDATE {quote(t.name)} SET "
                    f"{quote(t.columns[-1].name)} = {quote(t.columns[-1].name)}", [])
    connection.close()


def attempt(connection, sql, values):
    try:
        connection.execute(sql, values)
    except sqlite3.IntegrityError:
        pass
    except sqlite3.OperationalError as e:
        if "cannot UPDATE generated" not in str(e):
            raise


def insertion(r, connection, schema, t):
    columns, values = [], []
    parents = {n: (f, i) for f in t.foreign for i, n in enumerate(f.columns)}
    for c in t.columns:
        if c.generated or (c is t.rowid_column() and r.random() < 0.7):
            continue
        if c.default is not None and r.random() < 0.2:
            continue
        columns.append(quote(c.name))
        if not c.not_null and r.random() < 0.2:
            values.append(None)
        elif c.number in parents:
            values.append(parent_value(r, connection, schema, *parents[c.number]))
        else:
            values.append(TYPES[c.type].make(r))
    if not columns:
        return f"INSERT INTO {quote(t.name)} DEFAULT VALUES", []
    holes = ", ".join("?" * len(columns))
    names = ", ".join(columns)
    return f"INSERT INTO {quote(t.name)} ({names}) VALUES ({holes})", values


def parent_value(r, connection, schema, key, at):
    parent = schema.table(key.parent)
    column = quote(parent.column(key.parent_columns[at]).name)
    found = connection.execute(f"SELECT {column} FROM {quote(parent.name)}").fetchall()
    return r.choice(found)[0] if found else None


# ---- what a database holds ----

def everything(path):
    """All of its content but schemac's own table, to see that nothing was changed."""
    connection = opened(path)
    out = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"
                             " WHERE tbl_name <> ? ORDER BY rowid", (HISTORY,)).fetchall()
    for kind, name, _, _ in list(out):
        if kind == "table":
            out.append((name, connection.execute(
                f"SELECT * FROM {quote(name)} WHERE coalesce(name, '') <> ?"
                if name == "sqlite_sequence" else f"SELECT *, ? FROM {quote(name)}",
                (HISTORY,)).fetchall()))
    connection.close()
    return out


def complaints(connection, schema):
    """What integrity_check says.  That of SQLite 3.40 complains of NULLs in NOT NULL
    columns of some tables WITHOUT ROWID whose last column is in the key, also fresh
    ones: the rows themselves are asked about that."""
    found = [line for (line,) in connection.execute("PRAGMA integrity_check")
             if line != "ok"]
    for t in schema.tables if found else ():
        for c in t.columns:
            line = f"NULL value in {t.name}.{c.name}"
            if line in found and (None,) not in connection.execute(
                    f"SELECT {quote(c.name)} FROM {quote(t.name)}").fetchall():
                found = [other for other in found if other != line]
    return found


def rows_of(connection, schema):
    """{table's number: sorted rows}, a row being {column's number: value}; the rowid,
    where one can be asked for, is column 0."""
    return {t.number: rows_of_table(connection, t) for t in schema.tables}


def rows_of_table(connection, t):
    key = rowid_name(t)
    names = ([key] if key else []) + [quote(c.name) for c in t.columns]
    numbers = ([0] if key else []) + [c.number for c in t.columns]
    rows = connection.execute(f"SELECT {', '.join(names)} FROM {quote(t.name)}")
    return in_order(dict(zip(numbers, row)) for row in rows)


def in_order(rows):
    return sorted(rows, key=lambda row: [(n, type(v).__name__, repr(v))
                                         for n, v in sorted(row.items())])


def counters(path, schema):
    """{table's number: the AUTOINCREMENT counter}; 0 where no row ever was."""
    if not any(t.counts for t in schema.tables):
        return {}
    connection = opened(path)
    found = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    connection.close()
    return {t.number: found.get(t.name, 0) for t in schema.tables if t.counts}


# ---- the second opinion ----

def arrival(rows, old, new, ddl, up):
    """The rows in a fresh database of `new`, put there without schemac, as an open
    database in memory; None: the rules of `new` refuse them."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(ddl)
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {quote(name)}")
    try:
        for t in new.tables:
            before = old.table(t.number)
            for row in rows[t.number] if before else ():
                insert(connection, t, arrived(connection, row, before, t, up))
    except (sqlite3.IntegrityError, NoSuchValue):
        return None
    if connection.execute("PRAGMA foreign_key_check").fetchall():
        return None
    return connection


def arrived(connection, row, before, t, up):
    """{column's name: value} of one row; what is left out gets its default."""
    out = {}
    if 0 in row and rowid_name(t):
        out[rowid_name(t)] = row[0]
    for c in t.columns:
        was = before.column(c.number)
        if c.generated:
            continue
        if was is not None:
            out[quote(c.name)] = moved(connection, row[c.number], was, c, up)
        elif up and c.source is not None and before.column(c.source) is not None:
            out[quote(c.name)] = computed(connection, c.via.there, row[c.source])
    return out


def moved(connection, value, was, c, up):
    """By @from and @back where there are such, else as the types say."""
    step = c.step_from(was) if up else was.step_from(c)
    how = (step.there if up else step.back) if step else ""
    if how and (c if up else was).generated is None:
        return computed(connection, how, value)
    return convert(value, was.type, c.type)


def computed(connection, how, value):
    if how == "{}":
        return value
    return connection.execute("SELECT " + how.replace("{}", "?1"), [value]).fetchone()[0]


def insert(connection, t, values):
    if not values:
        connection.execute(f"INSERT INTO {quote(t.name)} DEFAULT VALUES")
        return
    connection.execute(
        f"INSERT INTO {quote(t.name)} ({', '.join(values)}) "
        f"VALUES ({', '.join('?' * len(values))})", list(values.values()))


def unpredictable(old, new, up):
    """{table's number: columns whose values nobody can foretell}: new ones whose default
    is a clock or a random number, what is computed from them, and rowids of rows that
    had none before."""
    out = {}
    for t in new.tables:
        before = old.table(t.number)
        hidden = out[t.number] = set()
        if before is None or not rowid_name(before):
            hidden.add(0)
        for c in t.columns:
            is_new = before is None or before.column(c.number) is None
            sourced = up and c.source is not None
            if is_new and not sourced and c.default in TYPES[c.type].volatile:
                hidden.add(c.number)
        hidden |= {c.number for c in t.columns
                   if c.generated and set(c.generated.columns) & hidden}
    return out


def without(rows, hidden):
    return {number: in_order({n: v for n, v in row.items() if n not in hidden[number]}
                             for row in of) for number, of in rows.items()}
