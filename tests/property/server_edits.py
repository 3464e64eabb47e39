"""Edits of PostgreSQL schemas; see edits.py, whose functions that no engine is in are
used here, too.
"""

from dataclasses import replace

from .edits import (add_of, any_plain, any_table, change_foreign_key, drop_column,
                    drop_of, drop_table, drop_view, in_foreign_key, move_column,
                    drop_trigger, forget_steps, give_source, give_step, named,
                    names_clear, rename_of, toggle_not_null, valid_source)
from .schemas import COLUMN_NAMES, Trigger, Words
from .server_extras import bring_extra, drop_extra, use_extra
from .server_schemas import (HIGH_STATES, Label, PLACES, TYPE_NAMES, add_check,
                             add_foreign_key, add_generated, add_index, add_thing,
                             add_unique, add_view, decorate, random_attribute,
                             random_column, random_default, random_table)
from .server_values import (CONVERSIONS, PLAIN_TYPES, SMALL_BASES, SMALL_RULES, STEPS,
                            TYPES, WAYS)


def edited(r, old, before=()):
    """A later version of `old`, whose names are clear to those `before` it, too."""
    schema = old.copy()
    forget_steps(schema)
    left = r.choice((1, 1, 2, 3, 4, 5))
    while left > 0:
        draft = schema.copy()
        if r.choice(EDITS)(r, draft) is not False:
            draft.prune()
            if all(is_clear(draft, other) for other in (old, *before)):
                schema, left = draft, left - 1
    for t in schema.tables:
        for c in t.columns:
            c.source = valid_source(old.table(t.number), c)
    schema.gone = mapped(r, schema, old)
    return schema


def mapped(r, schema, old):
    """Rows with a label that is gone get one that stays."""
    numbers = {label.number for label in old.labels}
    stays = [label.name for label in schema.labels if label.number in numbers]
    there = {label.number for label in schema.labels}
    return tuple((label.name, r.choice(stays)) for label in old.labels
                 if label.number not in there)


def is_clear(schema, old):
    if not schema.tables or not names_clear(schema.tables, old.tables):
        return False
    if not names_clear(named(schema), named(old)):
        return False
    if not names_clear(schema.labels, old.labels):
        return False
    if not names_clear(schema.attributes, old.attributes):
        return False
    if not {label.number for label in schema.labels} & {o.number for o in old.labels}:
        return False
    for t in schema.tables:
        before = old.table(t.number)
        if not names_clear(t.columns, before.columns if before else []):
            return False
        if before and not types_clear(t, before):
            return False
        if before and t.split_by != before.split_by and "alone" in (t.high, before.high):
            return False  # whose rows those of the one that is alone are
    return True


def types_clear(t, before):
    pairs = [(before.column(c.number).type, c.type) for c in t.columns
             if before.column(c.number)]
    return all(old == new or (old, new) in CONVERSIONS for old, new in pairs)


def add_table(r, schema):
    t = random_table(r, schema, f"more {schema.numbers}")
    schema.tables.append(t)
    decorate(r, schema, t)


def toggle_counting(r, schema):
    t = any_table(r, schema)
    key = t.column(t.primary[0]) if len(t.primary) == 1 and not t.split_by else None
    if key is None or key.type not in ("integer", "bigint"):
        return False
    t.counts = not t.counts
    return True


def add_column(r, schema):
    t = any_table(r, schema)
    c = random_column(r, schema, r.choice(COLUMN_NAMES))
    if c.not_null and c.default is None:
        c.not_null = r.random() < 0.2
    if r.random() < 0.3:
        give_source(r, t, c, WAYS)
    t.columns.append(c)


def rename_column(r, schema):
    """Not where a part of a key or index is named after it: see docs/limits.md."""
    t = any_table(r, schema)
    c = r.choice(t.columns)
    named = [n for key in [t.primary, *t.uniques] for n in key]
    named += [n for i in t.indexes for n in i.on.columns]
    if t.split_by and c.number in named:
        return False
    c.name = r.choice(COLUMN_NAMES + (f"column {schema.number()}", c.name.upper()))
    return True


def change_default(r, schema):
    _, c = any_plain(r, schema)
    if c is None:
        return False
    c.default = r.choice((None, random_default(r, schema, c.type)))
    return True


def change_collation(r, schema):
    t, c = any_plain(r, schema)
    if c is None or c.type not in ("text", "varchar(10)") or in_foreign_key(schema, t, c):
        return False
    c.collate = None if c.collate else '"C"'
    return True


def change_type(r, schema):
    """What names the column and may not fit the new type goes."""
    t, c = any_plain(r, schema)
    if c is None or in_foreign_key(schema, t, c):
        return False
    targets = [new for old, new in CONVERSIONS if old == c.type
               and (new in PLAIN_TYPES or new in schema.extras)]
    if not targets or any(o.generated and c.number in o.generated.columns
                          for o in t.columns):
        return False
    was = c.type
    c.type, c.collate = r.choice(targets), None
    give_step(r, c, was, STEPS)
    choice = TYPES[c.type].constants
    c.default = r.choice(choice) if c.default and choice else None
    t.checks = [k for k in t.checks if c.number not in k.condition.columns]
    t.indexes = [i for i in t.indexes if c.number not in i.on.columns]
    return True


def change_domain(r, schema):
    """Another rule, or the same over another type, for which columns are converted."""
    if r.random() < 0.5:
        schema.small = r.choice(SMALL_RULES)
    elif not any(t.split_by and t.column(t.split_by).type == "small"
                 for t in schema.tables):
        schema.small_base = r.choice(SMALL_BASES)


def change_thing(r, schema):
    """Another one of the name."""
    if not schema.triggers or not add_thing(r, schema):
        return False
    new = schema.triggers.pop()
    at = r.randrange(len(schema.triggers))
    old = schema.triggers[at]
    if new.body.text.split()[:2] != old.body.text.split()[:2]:
        return False
    schema.triggers[at] = Trigger(old.name, replace(
        new.body, text=new.body.text.replace(new.name, old.name)))
    return True


def flip_generated(r, schema):
    columns = [c for t in schema.tables for c in t.columns if c.generated]
    if not columns:
        return False
    c = r.choice(columns)
    if r.random() < 0.5:
        c.generated = None
    else:
        c.generated = Words(f"coalesce({c.generated.text}, NULL)",
                            columns=c.generated.columns)
    return True


def change_index(r, schema):
    t = any_table(r, schema)
    if not t.indexes or not add_index(r, schema, t):
        return False
    new = t.indexes.pop()
    at = r.randrange(len(t.indexes))
    t.indexes[at] = replace(t.indexes[at], unique=new.unique, on=new.on)
    return True


# ---- the enum ----

def add_label(r, schema):
    schema.labels.insert(r.randint(0, len(schema.labels)),
                         Label(schema.number(), f"mood{schema.numbers}"))


def rename_label(r, schema):
    label = r.choice(schema.labels)
    label.name = f"{label.name} again"


def remove_label(r, schema):
    if len(schema.labels) < 3:
        return False
    schema.labels.pop(r.randrange(len(schema.labels)))
    return True


def move_label(r, schema):
    label = schema.labels.pop(r.randrange(len(schema.labels)))
    schema.labels.insert(r.randint(0, len(schema.labels)), label)


# ---- the composite type, and schemas ----

def add_attribute(r, schema):
    schema.attributes.append(random_attribute(r, schema))


def rename_attribute(r, schema):
    x = r.choice(schema.attributes)
    x.name = r.choice((f"{x.name} again", x.name.upper()))


def drop_attribute(r, schema):
    """The last one: only that place can be taken again on the way back."""
    del r
    return len(schema.attributes) > 1 and schema.attributes.pop() is not None


def move_part(r, schema):
    """Attached, detached, or attached otherwise; it stays where keys refer to rows."""
    split = [t for t in schema.tables if t.split_by]
    if not split:
        return False
    t = r.choice(split)
    is_referred = any(f.parent == t.number for o in schema.tables for f in o.foreign)
    t.high = r.choice(("part", "rest") if is_referred else tuple(HIGH_STATES))
    return True


def divide_otherwise(r, schema):
    """Partitioned from now on, or no more, or by another column of its key."""
    t = any_table(r, schema)
    ways = [n for n in t.primary if t.column(n).type == "integer" and n != t.split_by]
    if t.split_by:
        ways.append(0)
    if not ways or t.counts or t.high == "alone":
        return False
    t.split_by, t.high = r.choice(ways), r.choice(("part", "part", "rest"))
    if t.split_by:
        t.uniques = [u for u in t.uniques if t.split_by in u]
        t.indexes = [i for i in t.indexes if not i.unique]
        t.foreign = [f for f in t.foreign if f.parent != t.number]
    return True


def rename_table(r, schema):
    t = any_table(r, schema)
    place, dot, name = t.name.rpartition(".")
    t.name = place + dot + r.choice((f"table {schema.number()}", name + "2", name.upper(),
                                     "new t"))


def move_table(r, schema):
    t = any_table(r, schema)
    place, name = r.choice(PLACES), t.name.rpartition(".")[2]
    t.name = f"{place}.{name}" if place else name


def move_other(r, schema):
    """A type or the function."""
    schema.places[r.choice(TYPE_NAMES + ("note",))] = r.choice(PLACES)


EDITS = (
    add_table, drop_table, move_part, move_part, divide_otherwise, divide_otherwise,
    rename_table, rename_table,
    move_table, move_table, move_other,
    add_attribute, rename_attribute, drop_attribute, toggle_counting,
    add_column, add_column, add_column, drop_column, drop_column, drop_column,
    rename_column, rename_column, rename_column, move_column,
    toggle_not_null, toggle_not_null, change_default, change_collation,
    change_type, change_type, change_type, change_type,
    add_of(add_generated), flip_generated,
    add_of(add_check), add_of(add_index), add_of(add_unique), add_of(add_foreign_key),
    drop_of("checks"), drop_of("indexes"), drop_of("uniques"), drop_of("foreign"),
    change_foreign_key, change_index,
    rename_of("indexes"), rename_of("checks"), rename_of("foreign"), add_view, drop_view,
    add_label, rename_label, remove_label, move_label,
    add_thing, add_thing, drop_trigger, change_thing, change_domain,
    bring_extra, bring_extra, bring_extra, bring_extra, use_extra, use_extra, drop_extra,
)
