"""Types, collations, routines and extensions that a version may bring, use at once, and
drop again.  One is in a schema where `extras` has its name; what names it goes with it.
"""

import re
from dataclasses import dataclass
from typing import Tuple

from .schemas import Check, Column, Index, Words, plain_columns
from .server_values import EXTRA_TYPES, TYPES


@dataclass(frozen=True)
class Extra:
    """`checks` and `indexes` stand over a column of the type, or over a text where it is
    none."""
    made: str  # {}: its name, with the schema that it is in
    checks: Tuple
    indexes: Tuple
    placed: bool = True  # in any schema


EXTRAS = {
    "hue": Extra("CREATE TYPE {} AS ENUM ('red', 'green', 'blue')",
                 ("{c0} <> 'red'::hue", "{c0} IN ('red', 'blue')", "{c0} >= 'green'",
                  "coalesce({c0}, 'red'::hue) <> 'blue'::hue", "{c0} < 'blue'::hue"),
                 ("({c0})", "({c0}) WHERE {c0} <> 'red'::hue", "({c0} DESC)")),
    "code": Extra("CREATE DOMAIN {} AS text CHECK (length(VALUE) < 12)",
                  ("{c0} <> 'b'", "length({c0}) > 0", "{c0}::code <> 'q'"),
                  ("({c0})", "(lower({c0}))", "({c0}) WHERE {c0} > 'b'")),
    "grade": Extra("CREATE DOMAIN {} AS integer DEFAULT 4 CHECK (VALUE < 100)",
                   ("{c0} <> 5", "{c0}::grade > -2000"), ("({c0})", "(({c0} + 1))")),
    "stretch": Extra("CREATE TYPE {} AS RANGE (subtype = integer)",
                     ("NOT isempty({c0})", "{c0} <> '[8,9)'::stretch", "lower({c0}) < 9"),
                     ("({c0})", "USING gist ({c0})", "(upper({c0}))")),
    "citext": Extra("CREATE EXTENSION citext",
                    ("{c0} <> 'Q'::citext", "{c0} <> 'A'", "{c0} > ''::citext"),
                    ("({c0})", "({c0}) WHERE {c0} <> 'B'::citext"), placed=False),
    "ci": Extra("CREATE COLLATION {} (provider = icu, locale = 'und-u-ks-level2', "
                "deterministic = false)",
                ("{c0} COLLATE ci <> 'Q'", "{c0} COLLATE ci <> 'A'"),
                ("({c0} COLLATE ci)", "({c0}) WHERE {c0} COLLATE ci <> 'B'"),
                placed=False),
    "fits": Extra("CREATE FUNCTION {}(x text) RETURNS boolean LANGUAGE sql IMMUTABLE AS "
                  "$$ SELECT length(x) < 20 $$",
                  ("fits({c0})", "fits({c0}) OR {c0} IS NULL"),
                  ("({c0}) WHERE fits({c0})", "(fits({c0}))")),
    "pg_trgm": Extra("CREATE EXTENSION pg_trgm",
                     ("similarity({c0}, 'zz') < 0.9", "NOT {c0} % 'zzz'"),
                     ("USING gin ({c0} gin_trgm_ops)", "(similarity({c0}, 'b'))"),
                     placed=False),
}
SAYS = {"pg_trgm": "similarity|gin_trgm_ops|%"}


def says(text, name):
    """Does SQL of ours name the extra?"""
    return re.search(rf"(?<!\w)({SAYS.get(name, name)})(?!\w)", text) is not None


def is_extension(name):
    return EXTRAS[name].made.startswith("CREATE EXTENSION")


def placed(sql, places):
    """Each name with the schema that it is in."""
    for name, place in places.items():
        if name in EXTRAS and place:
            sql = re.sub(rf"""(?<![\w."']){name}(?![\w"'])""", f'"{place}".{name}', sql)
    return sql


def declare_extras(schema):
    return [EXTRAS[name].made.format(name) + ";" for name in EXTRAS
            if name in schema.extras]


def forget_missing(schema):
    """Drop what names an extra that is not there."""
    for name in EXTRAS:
        if name in schema.extras:
            continue
        for t in schema.tables:
            t.columns = [c for c in t.columns if c.type != name]
            t.checks = [k for k in t.checks if not says(k.condition.text, name)]
            t.indexes = [i for i in t.indexes if not says(i.on.text, name)]


# ---- edits ----

def bring_extra(r, schema):
    missing = [name for name in EXTRAS if name not in schema.extras]
    if not missing:
        return False
    name = r.choice(missing)
    schema.extras.append(name)
    schema.places[name] = r.choice(("", "", "app")) if EXTRAS[name].placed else ""
    return use(r, schema, name)


def use_extra(r, schema):
    return bool(schema.extras) and use(r, schema, r.choice(schema.extras))


def drop_extra(r, schema):
    if not schema.extras:
        return False
    name = schema.extras.pop(r.randrange(len(schema.extras)))
    schema.places.pop(name, None)
    return all(any(c.type != name for c in t.columns) for t in schema.tables)


def use(r, schema, name):
    t = r.choice(schema.tables)
    c = column_for(r, schema, t, name)
    if c is None:
        return False
    if r.random() < 0.7:
        t.checks.append(Check(f"ck {schema.number()}",
                              over(c, r.choice(EXTRAS[name].checks)), schema.numbers))
    if r.random() < 0.5:
        on = over(c, r.choice(EXTRAS[name].indexes))
        unique = r.random() < 0.4 and not t.split_by and "USING" not in on.text
        t.indexes.append(Index(f"ix {schema.number()}", unique, on, schema.numbers))
    return True


def over(c, text):
    return Words(text, columns=(c.number,))


def column_for(r, schema, t, name):
    """One that is there, one that gets the type, or a new one; None: there is none."""
    base = {"grade": "integer", "stretch": None}.get(name, "text")
    plain = [c for c in plain_columns(t) if c.type == base and not in_key(schema, t, c)
             and not c.collate]
    if name not in EXTRA_TYPES:
        return r.choice(plain) if plain else None
    there = [c for c in plain_columns(t) if c.type == name]
    if there and r.random() < 0.5:
        return r.choice(there)
    if plain and r.random() < 0.5:
        return retyped(r, t, r.choice(plain), name)
    c = Column(schema.number(), f"{name} {schema.numbers}", name)
    c.default = r.choice(TYPES[name].constants + (None,))
    c.not_null = c.default is not None and r.random() < 0.5
    t.columns.append(c)
    return c


def in_key(schema, t, c):
    return (any(c.number in f.columns for f in t.foreign)
            or any(c.number in f.parent_columns for o in schema.tables for f in o.foreign)
            or any(o.generated and c.number in o.generated.columns for o in t.columns))


def retyped(r, t, c, name):
    c.type, c.step = name, None
    c.default = r.choice(TYPES[name].constants) if c.default else None
    t.checks = [k for k in t.checks if c.number not in k.condition.columns]
    t.indexes = [i for i in t.indexes if c.number not in i.on.columns]
    return c
