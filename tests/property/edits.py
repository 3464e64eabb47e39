"""Edits: what a next version does to a schema.  Each is one function of the random
numbers and the schema, gives False where it does not apply, and may leave what names a
dropped thing: that is pruned after it.
"""

from dataclasses import replace

from .schemas import (ACTIONS, add_check, add_foreign_key,
                      add_generated, add_index, add_trigger, add_unique, add_view,
                      COLUMN_NAMES, plain_columns, random_column, random_default,
                      random_table, decorate, Column, Step, Words)
from .values import CONVERSIONS, STEPS, TYPES, WAYS


def edited(r, old, before=()):
    """A later version of `old`: one to five edits that SQL can tell apart, also from the
    versions `before` it."""
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
    return schema


def forget_steps(schema):
    for c in (c for t in schema.tables for c in t.columns):
        c.source, c.via, c.step = None, None, None


def give_source(r, t, c, ways):
    """A new column may be a copy of one that is there, or be made of it."""
    fit = [o for o in plain_columns(t) if o.type == c.type or (o.type, c.type) in ways]
    if not fit:
        return
    source = r.choice(fit)
    types = (source.type, c.type)
    there = r.choice(ways.get(types, ()) + ("{}",) * (source.type == c.type))
    c.source, c.via = source.number, Step(types, there)


def give_step(r, c, was, steps):
    """A change of type may say itself what the values become."""
    found = steps.get((was, c.type))
    c.step = Step((was, c.type), *r.choice(found)) if found and r.random() < 0.5 else None


def valid_source(before, c):
    source = before.column(c.source) if before else None
    valid = source is not None and c.via.types == (source.type, c.type)
    return c.source if valid and not before.column(c.number) else None


def is_clear(schema, old):
    """Names decide what is the same: nothing new may have the name of something dropped,
    and nothing may have two names that differ in the letter case only."""
    if not schema.tables or not names_clear(schema.tables, old.tables):
        return False
    if not names_clear(named(schema), named(old)):
        return False
    for t in schema.tables:
        before = old.table(t.number)
        if t.strict and not t.may_be_strict():
            return False
        if not names_clear(t.columns, before.columns if before else []):
            return False
        if before and not types_clear(t, before):
            return False
    return True


def names_clear(things, old_things):
    """A name that is in both versions is the same thing in both, or @was is not heard."""
    folded = [thing.name.lower() for thing in things]
    holders = {o.name.lower(): o.number for o in old_things}
    return len(set(folded)) == len(folded) and all(
        holders.get(thing.name.lower(), thing.number) == thing.number for thing in things)


def named(schema):
    return [thing for t in schema.tables for thing in t.named()]


def types_clear(t, before):
    """Two edits may have changed a type twice: is there an opinion on the sum of them?"""
    pairs = [(before.column(c.number).type, c.type) for c in t.columns
             if before.column(c.number)]
    return all(old == new or (old, new) in CONVERSIONS for old, new in pairs)


def any_table(r, schema):
    return r.choice(schema.tables)


def any_plain(r, schema):
    """A table and a column of it that is no key and not generated, or None."""
    t = any_table(r, schema)
    columns = plain_columns(t)
    return t, r.choice(columns) if columns else None


# ---- tables ----

def add_table(r, schema):
    t = random_table(r, schema, f"more {schema.numbers}")
    schema.tables.insert(r.randint(0, len(schema.tables)), t)
    decorate(r, schema, t)


def drop_table(r, schema):
    schema.tables.remove(any_table(r, schema))


def rename_table(r, schema):
    t = any_table(r, schema)
    t.name = r.choice((f"table {schema.number()}", t.name + "2", t.name.upper(), "new t"))


def toggle_strict(r, schema):
    t = any_table(r, schema)
    t.strict = not t.strict


def toggle_without_rowid(r, schema):
    t = any_table(r, schema)
    if not t.primary or t.counts:
        return False
    t.without_rowid = not t.without_rowid
    return True


def toggle_counting(r, schema):
    t = any_table(r, schema)
    key = t.rowid_column()
    if key is None or key.type != "integer":
        return False
    t.counts = not t.counts
    return True


def add_primary_key(r, schema):
    t = any_table(r, schema)
    if t.primary:
        return False
    key = Column(schema.number(), f"id{schema.numbers}", "integer")
    t.columns.insert(0, key)
    t.primary, t.counts = (key.number,), r.random() < 0.5
    return True


# ---- columns ----

def add_column(r, schema):
    t = any_table(r, schema)
    c = random_column(r, schema, r.choice(COLUMN_NAMES))
    if c.not_null and c.default is None:
        c.not_null = r.random() < 0.2
    if r.random() < 0.3:
        give_source(r, t, c, WAYS)
    t.columns.insert(r.choice((len(t.columns), r.randint(0, len(t.columns)))), c)


def drop_column(r, schema):
    t, c = any_plain(r, schema)
    if c is None or len(t.columns) < 3:
        return False
    t.columns.remove(c)
    return True


def rename_column(r, schema):
    c = r.choice(any_table(r, schema).columns)
    c.name = r.choice(COLUMN_NAMES + (f"column {schema.number()}", c.name.upper()))


def move_column(r, schema):
    t = any_table(r, schema)
    c = r.choice(t.columns)
    t.columns.remove(c)
    t.columns.insert(r.randint(0, len(t.columns)), c)


def toggle_not_null(r, schema):
    _, c = any_plain(r, schema)
    if c is None:
        return False
    c.not_null = not c.not_null
    return True


def change_default(r, schema):
    _, c = any_plain(r, schema)
    if c is None:
        return False
    c.default = r.choice((None, random_default(r, c.type)))
    return True


def change_collation(r, schema):
    t, c = any_plain(r, schema)
    if c is None or c.type not in ("text", "varchar(10)") or in_foreign_key(schema, t, c):
        return False
    c.collate = None if c.collate else "nocase"
    return True


def in_foreign_key(schema, t, c):
    return any(c.number in f.columns for f in t.foreign) or any(
        c.number in f.parent_columns for o in schema.tables for f in o.foreign)


def change_type(r, schema):
    """What names the column and may not fit the new type goes.  A STRICT table has lost
    what its columns mean: a boolean there is an integer, and becomes the text 0 or 1."""
    t, c = any_plain(r, schema)
    if c is None or t.strict or in_foreign_key(schema, t, c):
        return False
    targets = [new for old, new in CONVERSIONS if old == c.type]
    if not targets or any(o.generated and c.number in o.generated.columns
                          for o in t.columns):
        return False
    was = c.type
    c.type, c.collate = r.choice(targets), None
    give_step(r, c, was, STEPS)
    c.default = r.choice(TYPES[c.type].constants + (None,)) if c.default else None
    t.checks = [k for k in t.checks if c.number not in k.condition.columns]
    t.indexes = [i for i in t.indexes if c.number not in i.on.columns]
    schema.triggers = [g for g in schema.triggers if c.number not in g.body.columns]
    return True


def generate(r, schema):
    return add_generated(r, schema, any_table(r, schema))


def flip_generated(r, schema):
    """STORED to VIRTUAL and back, another expression, or a column of its own."""
    columns = [c for t in schema.tables for c in t.columns if c.generated]
    if not columns:
        return False
    c = r.choice(columns)
    change = r.randint(0, 2)
    if change == 0:
        c.stored = not c.stored
    elif change == 1:
        c.generated = None
    else:
        c.generated = Words(f"coalesce({c.generated.text}, NULL)",
                            columns=c.generated.columns)
    return True


# ---- what hangs on tables ----

def drop_of(attribute):
    def drop(r, schema):
        t = any_table(r, schema)
        things = getattr(t, attribute)
        if not things:
            return False
        things.remove(r.choice(things))
        return True
    return drop


def add_of(add):
    return lambda r, schema: add(r, schema, any_table(r, schema))


def change_foreign_key(r, schema):
    t = any_table(r, schema)
    if not t.foreign:
        return False
    f = t.foreign.pop(r.randrange(len(t.foreign)))
    t.foreign.append(replace(f, on_delete=r.choice(ACTIONS), on_update=r.choice(ACTIONS),
                             deferred=not f.deferred))
    return True


def change_index(r, schema):
    t = any_table(r, schema)
    if not t.indexes or not add_index(r, schema, t):
        return False
    new = t.indexes.pop()
    at = r.randrange(len(t.indexes))
    t.indexes[at] = replace(t.indexes[at], unique=new.unique, on=new.on)
    return True


def rename_of(attribute):
    """Of an index or a constraint."""
    def rename(r, schema):
        things = getattr(any_table(r, schema), attribute)
        named = [at for at, thing in enumerate(things) if thing.name]
        if not named:
            return False
        at = r.choice(named)
        name = things[at].name
        things[at] = replace(things[at], name=r.choice((
            name + " too", name.upper(), f"name {schema.number()}")))
        return True
    return rename


def drop_view(r, schema):
    if not schema.views:
        return False
    schema.views.remove(r.choice(schema.views))
    return True


def drop_trigger(r, schema):
    if not schema.triggers:
        return False
    schema.triggers.remove(r.choice(schema.triggers))
    return True


def add_mood(r, schema):
    moods = list(schema.moods)
    moods.insert(r.randint(0, len(moods)), f"mood{schema.number()}")
    schema.moods = tuple(moods)


EDITS = (
    add_table, drop_table, rename_table, rename_table, toggle_strict,
    toggle_without_rowid, toggle_counting, add_primary_key,
    add_column, add_column, add_column, drop_column, drop_column, drop_column,
    rename_column, rename_column, rename_column, move_column,
    toggle_not_null, toggle_not_null, change_default, change_collation,
    change_type, change_type, change_type, generate, flip_generated,
    add_of(add_check), add_of(add_index), add_of(add_unique), add_of(add_foreign_key),
    drop_of("checks"), drop_of("indexes"), drop_of("uniques"), drop_of("foreign"),
    change_foreign_key, change_index,
    rename_of("indexes"), rename_of("checks"), rename_of("foreign"),
    add_view, drop_view, add_trigger, drop_trigger, add_mood,
)
