"""Rows in every table of a PostgreSQL database, and what its tables hold."""

import json
from contextlib import contextmanager

from runner.libpq import ServerError

from .filled import (Column, LENGTHS_MAX, Table, fill, quoted, text_literal)

# The tables that rows are put into: those of extensions are not ours, those of a
# partition come by way of the whole.
CATALOG = """
SELECT coalesce(json_agg(t), '[]') FROM (
  SELECT format('%I.%I', s.nspname, c.relname) AS name,
    (SELECT json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'base', y.typname,
        'length', CASE WHEN y.typname IN ('varchar', 'bpchar') THEN
                greatest(CASE WHEN a.atttypmod > 4 THEN a.atttypmod ELSE x.typtypmod END
                         - 4, 0)
            WHEN y.typname = 'numeric' AND a.atttypmod > 4 THEN
                ((a.atttypmod - 4) >> 16) - ((a.atttypmod - 4) & 65535)
            WHEN y.typname IN ('bit', 'varbit') THEN greatest(a.atttypmod, 1)
            ELSE 0 END,
        'optional', NOT (a.attnotnull OR x.typnotnull),
        'has_default', a.atthasdef OR a.attidentity <> '',
        'computed', a.attgenerated <> '' OR a.attidentity = 'a',
        'labels', coalesce((SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
                   FROM pg_enum e WHERE e.enumtypid = y.oid), '[]'),
        'element', CASE WHEN y.typcategory = 'A' THEN format_type(y.typelem, NULL)
                   ELSE '' END,
        'rules', coalesce((SELECT string_agg(pg_get_constraintdef(k.oid), ' ')
                   FROM pg_constraint k
                   WHERE k.contypid IN (x.oid, nullif(x.typbasetype, 0))), ''))
        ORDER BY a.attnum)
     FROM pg_attribute a
     JOIN pg_type x ON x.oid = a.atttypid
     JOIN pg_type z ON z.oid = CASE x.typtype WHEN 'd' THEN x.typbasetype ELSE x.oid END
     JOIN pg_type y ON y.oid = CASE z.typtype WHEN 'd' THEN z.typbasetype ELSE z.oid END
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k
     WHERE k.conrelid = c.oid AND k.contype = 'c') AS checks,
    (SELECT string_agg(pg_get_expr(p.relpartbound, p.oid), ' ')
     FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhrelid
     WHERE h.inhparent = c.oid) AS bounds,
    (SELECT json_agg(json_build_array(
        (SELECT json_agg(a.attname ORDER BY n) FROM unnest(f.conkey)
            WITH ORDINALITY k(num, n)
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num),
        (SELECT format('%I.%I', ns.nspname, p.relname) FROM pg_class p
            JOIN pg_namespace ns ON ns.oid = p.relnamespace WHERE p.oid = f.confrelid),
        (SELECT json_agg(a.attname ORDER BY n) FROM unnest(f.confkey)
            WITH ORDINALITY k(num, n)
            JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num)))
     FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f') AS keys
  FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND s.nspname !~ '^(pg_|information_schema)'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  ORDER BY 1) t
"""

# Those that go with a column, by the table that has it.
SEQUENCES = """
SELECT format('%I.%I', s.schemaname, s.sequencename),
       t.relnamespace::regnamespace || '.' || t.relname, s.last_value
FROM pg_sequences s
JOIN pg_depend d ON d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
    AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
WHERE s.last_value IS NOT NULL ORDER BY 1
"""

FORMS = {
    # type: what a row's number becomes
    "date": "2024-01-{:02}", "timestamp": "2024-01-{:02} 01:00:00",
    "timestamptz": "2024-01-{:02} 01:00:00+00", "time": "{:02}:00:00",
    "timetz": "{:02}:00:00+00", "interval": "{} days",
    "uuid": "00000000-0000-4000-8000-0000000000{:02}",
    "json": '{{"k": {}}}', "jsonb": '{{"k": {}}}', "xml": "<a>{}</a>",
    "inet": "10.0.0.{}", "cidr": "10.{}.0.0/16", "macaddr": "08:00:2b:01:02:{:02}",
    "tsvector": "word{}", "point": "({},1)", "box": "(0,0),({},1)", "ltree": "a.b{}",
    "hstore": "k=>{}", "money": "{}", "oid": "{}", "int4range": "[1,{}5)",
    "int8range": "[1,{}5)", "numrange": "[1,{}5)", "daterange": "[2024-01-{:02},)",
    "tsrange": "[2024-01-{:02},)", "tstzrange": "[2024-01-{:02},)",
    "path": "[(0,0),({},1)]",
    "polygon": "((0,0),({},1))", "circle": "<(0,0),{}>", "line": "{{1,{},0}}",
    "pg_lsn": "0/{}", "regclass": "pg_class", "char": "{}",
}
NUMBERS = {"int2", "int4", "int8", "numeric", "float4", "float8"}
TEXTS = {"text", "varchar", "citext", "name", "bpchar"}


def tables_of(session):
    rows = json.loads(session.ask(CATALOG)[0][0])
    return [Table(row["name"], [Column(**c) for c in row["columns"] or []],
                  " ".join(filter(None, (row["checks"], row["bounds"]))),
                  [tuple(key) for key in row["keys"] or []]) for row in rows]


def fill_database(session, tables):
    """{table: why it stays empty}"""
    def attempt(sql):
        try:
            session.ask(sql)
            return None
        except ServerError as e:
            return str(e)

    def has_rows(name):
        return session.ask(f"SELECT EXISTS (SELECT 1 FROM {name})")[0][0] == "t"

    @contextmanager
    def unchecked():
        session.ask("SET session_replication_role = replica")
        yield
        orphans = [row[0] for row in session.ask(ORPHANS)]
        while any([session.ask(sql) for sql in orphans]):
            pass
        session.ask("RESET session_replication_role")

    return fill(tables, attempt, value, has_rows, unchecked)


# Each as the rows of its table that refer to nothing; partitions have keys of their own.
ORPHANS = """
SELECT format('DELETE FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)'
              ' RETURNING 1', f.conrelid::regclass,
    string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '), f.confrelid::regclass,
    string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND '))
FROM pg_constraint f, unnest(f.conkey, f.confkey) AS k (one, other),
    pg_attribute a, pg_attribute b
WHERE f.contype = 'f' AND f.conparentid = 0
    AND a.attrelid = f.conrelid AND a.attnum = k.one
    AND b.attrelid = f.confrelid AND b.attnum = k.other
GROUP BY f.oid, f.conrelid, f.confrelid ORDER BY 1
"""


def value(c, number, mentioned, r):
    """An expression of the column's type, or None."""
    text = plain_text(c, number)
    if mentioned:
        text = from_rules(c, number, r.choice(mentioned)) or text
    return f"{text_literal(text)}::{c.type}" if text is not None else None


def plain_text(c, number):
    if c.labels:
        return c.labels[number % len(c.labels)]
    if c.element:
        return "{}"
    if c.base == "bool":
        return "ft"[number % 2]
    if c.base in NUMBERS:
        return str(number % 10 ** c.length if c.length else number)
    if c.base in TEXTS:
        text = f"v{number}"
        return text[-c.length:].ljust(c.length if c.base == "bpchar" else 0) \
            if c.length else text
    if c.base == "bytea":
        return f"\\x{number:02x}"
    if c.base in ("bit", "varbit"):
        return f"{number:b}"[-c.length:].rjust(c.length, "0")
    form = FORMS.get(c.base)
    return form.format(number % 24 + 1 if "{:02}" in form else number) if form else None


def from_rules(c, number, literal):
    """What a CHECK mentions may be a value, a length or a bound."""
    if c.base in NUMBERS or c.base in FORMS:
        return literal if looks_like(c, literal) else None
    if c.base == "bool" or c.labels:
        return None
    if literal.isdigit() and 0 < int(literal) <= LENGTHS_MAX:
        if c.base == "bytea":
            return "\\x" + f"{number:x}".rjust(2 * int(literal), "0")
        if c.base in TEXTS:
            return f"{number}".rjust(int(literal), "a")
    return literal if c.base in TEXTS and (not c.length or len(literal) <= c.length) \
        else None


def looks_like(c, literal):
    return literal[:1].isdigit() or literal[:1] == "-" or c.base not in NUMBERS


# ---- contents ----

def contents(session, tables, target=None):
    """{table: sorted rows} of the columns that `target` has, too, in its types: what must
    be there after the change.  Computed ones are left out."""
    wanted = {t.name: {c.name: c for c in t.columns} for t in target or tables}
    out = {}
    for t in tables:
        columns = [(c, wanted[t.name][c.name]) for c in t.columns
                   if c.name in wanted.get(t.name, {}) and not c.computed
                   and not wanted[t.name][c.name].computed]
        if t.name in wanted:
            out[t.name] = rows_of(session, t.name, columns)
    return out


def rows_of(session, name, columns):
    listed = sorted((c.name, cast(session, c, new)) for c, new in columns)
    if not listed:
        return session.ask(f"SELECT count(*) FROM {name}")
    return sorted(session.ask(f"SELECT {', '.join(e for _, e in listed)} FROM {name}"),
                  key=repr)


def cast(session, c, new):
    """The value in its new type; an unlike one gets it by way of its text."""
    column = quoted(c.name)
    if c.type == new.type:
        return f"{column}::text"
    for way in (f"{column}::{new.type}::text", f"{column}::text::{new.type}::text"):
        try:
            session.ask(f"SELECT {way} FROM (SELECT NULL::{c.type} AS {column}) x")
            return way
        except ServerError:
            continue
    return f"{column}::text"


def sequences(session):
    """{(sequence, its table): the last number that it gave}"""
    return {(name, owner): int(at) for name, owner, at in session.ask(SEQUENCES)}
