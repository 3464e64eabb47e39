"""The rows of a database by their content, and whether those of one are in another.

A row is {column: text}; the text is the engine's own.  What a database generates is left
out.  Tables and columns may have been renamed in between, and values of an enum, too.
"""

import json
import sqlite3
from collections import Counter
from decimal import Decimal, InvalidOperation

# psql runs each line of the result as a statement.  A partition is a part of its whole;
# of a parent only its own rows count.
POSTGRES = r"""
SELECT format('SELECT %L, coalesce(json_agg(j), ''[]'') FROM (SELECT'
              ' json_build_object(%s) AS j FROM %s%I.%I) x',
    format('%s.%s', nspname, relname),
    (SELECT string_agg(format('%L, %I::text', attname, attname), ', ')
     FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
     AND attgenerated = ''), CASE relkind WHEN 'r' THEN 'ONLY ' ELSE '' END,
    nspname, relname)
FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace
WHERE relkind IN ('r', 'p') AND NOT relispartition
AND nspname !~ '^(pg_|information_schema)' ORDER BY 1 \gexec
"""

# One row for each table, of what its columns may hold: for cases that have none.
SEED = r"""
SELECT format('INSERT INTO %I.%I (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', nspname,
    relname, string_agg(quote_ident(attname), ', ' ORDER BY attnum),
    string_agg(CASE typcategory WHEN 'N' THEN '1' WHEN 'B' THEN 'true'
        WHEN 'D' THEN '''2024-01-02'''
        WHEN 'E' THEN (SELECT quote_literal(min(enumlabel)) FROM pg_enum
                       WHERE enumtypid = t.oid)
        ELSE '''a''' END, ', ' ORDER BY attnum))
FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace
JOIN pg_attribute ON attrelid = c.oid JOIN pg_type t ON t.oid = atttypid
WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
AND nspname !~ '^(pg_|information_schema)' GROUP BY c.oid, nspname, relname
ORDER BY c.oid \gexec
"""


def of_psql(out):
    """{"schema.table": [row]} of what POSTGRES prints."""
    return {table: json.loads(rows) for table, rows in
            (line.split("|", 1) for line in out.splitlines() if "|" in line)}


def of_sqlite(path):
    """The same; a file is one schema."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        tables = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table'"
            " AND schema = 'main' AND name NOT LIKE 'sqlite_%'")
        return {"public." + name: [
            {column: None if value is None else str(value)
             for column, value in zip(row.keys(), row)}
            for row in connection.execute('SELECT * FROM "' + name + '"')]
            for name, in tables.fetchall()}
    finally:
        connection.close()


def seed_sqlite(path):
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for name, in connection.execute("SELECT name FROM sqlite_schema WHERE"
                                        " type = 'table' AND name NOT LIKE 'sqlite_%'"
                                        ).fetchall():
            columns = connection.execute("SELECT count(*) FROM pragma_table_info(?)",
                                         (name,)).fetchone()[0]
            connection.execute(f'INSERT INTO "{name}" VALUES '
                               f'({", ".join(["1"] * columns)})')
    finally:
        connection.close()


def plain(value):
    """10.00 is 10."""
    try:
        return value if value is None else Decimal(value).normalize()
    except InvalidOperation:
        return value


class Names:
    """What is called otherwise afterwards."""

    def __init__(self, renames):
        self.tables = {r.old_table: r.new_table for r in renames if r.kind == "table"}
        self.schemas = {r.old: r.new for r in renames if r.kind == "schema"}
        self.columns = {(r.holder, r.old): r.new for r in renames if r.kind == "column"}
        self.values = {r.old: r.new for r in renames if r.kind == "value"}

    def table(self, name):
        schema, own = name.split(".", 1)
        moved = f"{self.schemas.get(schema, schema)}.{own}"
        return self.tables.get(name) or self.tables.get(moved, moved)

    def column(self, table, name):
        return self.columns.get((table.split(".", 1)[1], name), name)

    def value(self, text):
        return plain(self.values.get(text, text))


def lost(before, after, renames=()):
    """Tables that have not kept a row of theirs.  A table that is gone by the end took
    its rows along, and so did a column: that both ends are right is another question."""
    names, missing = Names(renames), []
    for table, rows in before.items():
        now = names.table(table)
        if now not in after or not rows:
            continue
        kept = [c for c in rows[0] if not after[now]
                or names.column(now, c) in after[now][0]]
        had = Counter(tuple(names.value(row[c]) for c in kept) for row in rows)
        has = Counter(tuple(plain(row.get(names.column(now, c))) for c in kept)
                      for row in after[now])
        if had - has:
            missing.append(f"{table}: {next(iter(had - has))}")
    return missing
