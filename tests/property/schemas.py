"""Schemas made at random, and how they are declared.

Columns and tables have a number that stays theirs whatever they are called.  All that
names them holds the number, so a rename is one assignment, `@was` follows from comparing
two schemas, and what names a thing that is gone is found and dropped.
"""

import copy
from dataclasses import dataclass, field
from typing import List, Optional, Tuple

from .values import TYPES

COLUMN_NAMES = ("a", "b", "c", "d", "Group", "select", "x y", "key", "rowid", "value",
                "say \"so\"", "né", "z9", "order", "_rowid_", "new")
TABLE_NAMES = ("t1", "t2", "T three", "order", "it's", "Été")
ACTIONS = ("NO ACTION", "RESTRICT", "CASCADE", "SET NULL")


def quote(name):
    """A dot stands between a schema and what is in it."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


@dataclass(frozen=True)
class Words:
    """SQL with holes: {t0}, {t1}, … for tables and {c0}, {c1}, … for columns."""
    text: str
    tables: Tuple[int, ...] = ()
    columns: Tuple[int, ...] = ()

    def sql(self, names):
        holes = {f"t{i}": quote(names[t]) for i, t in enumerate(self.tables)}
        holes.update({f"c{i}": quote(names[c]) for i, c in enumerate(self.columns)})
        return self.text.format(**holes)

    def lives(self, names):
        return all(number in names for number in self.tables + self.columns)


@dataclass
class Column:
    number: int
    name: str
    type: str
    not_null: bool = False
    default: Optional[str] = None
    collate: Optional[str] = None
    generated: Optional[Words] = None
    stored: bool = False
    source: Optional[int] = None  # @from: the column of the old row that it is made of
    via: Optional["Step"] = None   # and how
    step: Optional["Step"] = None  # of a column that changes its type

    def step_from(self, was):
        """How the values go from the column of the version before to this one; None: as
        the types say."""
        fits = self.step is not None and self.step.types == (was.type, self.type)
        return self.step if fits and was.generated is None else None


@dataclass(frozen=True)
class Step:
    """@from and @back."""
    types: Tuple[str, str]
    there: str
    back: str = ""
    undoes: bool = True  # does `back`?


@dataclass(frozen=True)
class ForeignKey:
    columns: Tuple[int, ...]
    parent: int
    parent_columns: Tuple[int, ...]
    on_delete: str
    on_update: str
    deferred: bool
    name: Optional[str] = None
    number: int = 0  # of what has a name


@dataclass(frozen=True)
class Check:
    name: Optional[str]
    condition: Words
    number: int = 0


@dataclass(frozen=True)
class Index:
    name: str
    unique: bool
    on: Words
    number: int = 0


# What a STRICT table calls INTEGER, so that a key of it is the rowid.
WHOLE = ("boolean", "smallint", "integer", "bigint")


@dataclass
class Table:
    number: int
    name: str
    columns: List[Column]
    primary: Tuple[int, ...] = ()
    counts: bool = False  # AUTOINCREMENT
    without_rowid: bool = False
    strict: bool = False
    uniques: List[Tuple[int, ...]] = field(default_factory=list)
    checks: List[Check] = field(default_factory=list)
    foreign: List[ForeignKey] = field(default_factory=list)
    indexes: List[Index] = field(default_factory=list)

    def column(self, number):
        return next((c for c in self.columns if c.number == number), None)

    def keys(self):
        """What a foreign key may point to."""
        return ([self.primary] if self.primary else []) + self.uniques

    def not_undone(self, new):
        """The columns whose @back in the table `new` does not undo its @from."""
        steps = {c.number: new.column(c.number).step_from(c) for c in self.columns
                 if new is not None and new.column(c.number)}
        return {number for number, step in steps.items() if step and not step.undoes}

    def retyped(self, new):
        """The columns that have another type in the table `new`."""
        return {c.number for c in self.columns if new is not None
                and new.column(c.number) and new.column(c.number).type != c.type}

    def named(self):
        """What has a name of its own beside the columns."""
        return [x for x in self.indexes + self.checks + self.foreign if x.name]

    def may_be_strict(self):
        """A STRICT table has no word for the scale of a decimal."""
        return not any(c.type.startswith("numeric(") for c in self.columns)

    def rowid_column(self):
        """The column that is the rowid, if one is."""
        only = self.column(self.primary[0]) if len(self.primary) == 1 else None
        if only is None or self.without_rowid:
            return None
        is_integer = only.type in WHOLE if self.strict else only.type == "integer"
        return only if is_integer or self.counts else None


@dataclass(frozen=True)
class View:
    name: str
    query: Words
    below: Optional[str] = None  # the view that it reads


@dataclass(frozen=True)
class Trigger:
    name: str
    body: Words


@dataclass
class Schema:
    tables: List[Table] = field(default_factory=list)
    views: List[View] = field(default_factory=list)
    triggers: List[Trigger] = field(default_factory=list)
    moods: Tuple[str, ...] = ("sad", "ok")
    log: Tuple[int, int] = (0, 0)  # what triggers write into: a table and its column
    numbers: int = 0

    def number(self):
        self.numbers += 1
        return self.numbers

    def copy(self):
        return copy.deepcopy(self)

    def table(self, number):
        return next((t for t in self.tables if t.number == number), None)

    def names(self):
        return {thing.number: thing.name
                for t in self.tables for thing in [t] + t.columns + t.named()}

    def prune(self):
        """Drop what names something that is gone."""
        names = self.names()
        for t in self.tables:
            prune_table(t, names)
        for t in self.tables:
            t.foreign = [f for f in t.foreign if foreign_key_holds(self, f, names)]
        self.triggers = [g for g in self.triggers if g.body.lives(names)]
        self.views = [v for v in self.views if v.query.lives(names)]
        there = None
        while there != len(self.views):
            there = len(self.views)
            called = {v.name for v in self.views}
            self.views = [v for v in self.views if v.below is None or v.below in called]


def prune_table(t, names):
    t.checks = [k for k in t.checks if k.condition.lives(names)]
    t.indexes = [i for i in t.indexes if i.on.lives(names)]
    t.uniques = [u for u in t.uniques if all(c in names for c in u)]
    for c in t.columns:
        if c.generated and not c.generated.lives(names):
            c.generated = None


def foreign_key_holds(schema, key, names):
    parent = schema.table(key.parent)
    return (parent is not None and all(c in names for c in key.columns)
            and key.parent_columns in parent.keys())


# ---- at random ----

def random_schema(r):
    schema = Schema()
    for name in r.sample(TABLE_NAMES, r.randint(1, 3)):
        schema.tables.append(random_table(r, schema, name))
    schema.tables.append(log_table(schema))
    for t in list(schema.tables):
        decorate(r, schema, t)
    for t in schema.tables:
        t.strict = t.strict and t.may_be_strict()
    for add in (add_view, add_view, add_trigger, add_trigger):
        add(r, schema)
    return schema


def random_table(r, schema, name):
    t = Table(schema.number(), name, [])
    for column_name in r.sample(COLUMN_NAMES, r.randint(2, 6)):
        t.columns.append(random_column(r, schema, column_name))
    give_primary_key(r, schema, t)
    t.strict = r.random() < 0.2 and t.may_be_strict()
    return t


def log_table(schema):
    key = Column(schema.number(), "id", "integer")
    what = Column(schema.number(), "what", "text")
    t = Table(schema.number(), "log", [key, what], (key.number,), counts=True)
    schema.log = (t.number, what.number)
    return t


def random_column(r, schema, name):
    c = Column(schema.number(), name, r.choice(list(TYPES)))
    c.not_null = r.random() < 0.35
    c.default = random_default(r, c.type) if r.random() < 0.4 else None
    if c.type in ("text", "varchar(10)") and r.random() < 0.2:
        c.collate = "nocase"
    return c


def random_default(r, type_name):
    choice = TYPES[type_name].constants + TYPES[type_name].volatile
    return r.choice(choice) if choice else None


def give_primary_key(r, schema, t):
    kind = r.choice(("counts", "counts", "bigint", "integer", "integer", "text", "two",
                     ""))
    if kind == "":
        return
    key = Column(schema.number(), "id", "integer" if kind in ("counts", "two") else kind)
    t.columns.insert(0, key)
    t.primary = (key.number,)
    t.counts = kind == "counts" or (kind == "bigint" and r.random() < 0.5)
    if kind == "two":
        second = Column(schema.number(), "id2", "text")
        t.columns.insert(r.randint(0, len(t.columns)), second)
        t.primary = tuple(r.sample((key.number, second.number), 2))
    t.without_rowid = not t.counts and r.random() < 0.3


def decorate(r, schema, t):
    """Zero to three of each thing that hangs on a table."""
    for add in (add_check, add_index, add_unique, add_foreign_key, add_generated):
        for _ in range(r.choice((0, 0, 1, 1, 2))):
            add(r, schema, t)


def plain_columns(t):
    return [c for c in t.columns if c.generated is None and c.number not in t.primary]


def add_check(r, schema, t):
    c, d = r.choice(t.columns), r.choice(t.columns)
    per_type = {
        "integer": "{c0} > -2000000", "bigint": "{c0} <> 3", "text": "length({c0}) < 20",
        "numeric(10,2)": "{c0} < 99999999.5", "date": "{c0} >= '2000-01-01'",
        "mood": "{c0} IN ('sad', 'ok')",
    }
    any_type = "{c0} IS NOT NULL OR {c1} IS NULL OR {c1} IS NOT NULL"
    condition = r.choice((any_type, per_type.get(c.type, any_type)))
    columns = (c.number, d.number) if "{c1}" in condition else (c.number,)
    name = f"ck {schema.number()}" if r.random() < 0.5 else None
    t.checks.append(Check(name, Words(condition, columns=columns), schema.numbers))
    return True


def add_index(r, schema, t):
    c, d = r.choice(t.columns), r.choice(t.columns)
    forms = ["({c0})", "({c0} DESC)", "({c0}) WHERE {c0} IS NOT NULL"]
    if c is not d:
        forms.append("({c0}, {c1} DESC)")
    if c.type == "text":
        forms += ["(lower({c0}))", "({c0} COLLATE nocase)"]
    form = r.choice(forms)
    columns = (c.number, d.number) if "{c1}" in form else (c.number,)
    unique = r.random() < 0.2
    t.indexes.append(Index(f"ix {schema.number()}", unique, Words(form, columns=columns),
                           schema.numbers))
    return True


def add_unique(r, schema, t):
    del schema
    columns = [c for c in t.columns if c.generated is None]
    count = min(len(columns), r.randint(1, 2))
    chosen = tuple(c.number for c in r.sample(columns, count))
    if not chosen or any(set(chosen) == set(k) for k in t.keys()):
        return False
    t.uniques.append(chosen)
    return True


def add_foreign_key(r, schema, t):
    """To any key, this table's own included; columns are made where none fits."""
    parents = [(p, key) for p in schema.tables for key in p.keys()]
    if not parents:
        return False
    parent, key = r.choice(parents)
    columns = tuple(fitting_column(r, schema, t, parent.column(n)) for n in key)
    if len(set(columns)) < len(columns) or any(f.columns == columns for f in t.foreign):
        return False
    t.foreign.append(ForeignKey(columns, parent.number, key, r.choice(ACTIONS),
                                r.choice(ACTIONS[:1] * 3 + ACTIONS), r.random() < 0.2,
                                *random_name(r, schema, "fk")))
    return True


def random_name(r, schema, kind):
    """A name and its number, or none."""
    if r.random() < 0.6:
        return None, 0
    return f"{kind} {schema.number()}", schema.numbers


def fitting_column(r, schema, t, target):
    fitting = [c for c in plain_columns(t) if c.type == target.type and c is not target
               and c.collate == target.collate]
    if fitting and r.random() < 0.5:
        return r.choice(fitting).number
    c = Column(schema.number(), f"ref{schema.numbers}", target.type)
    c.collate = target.collate
    t.columns.append(c)
    return c.number


def add_generated(r, schema, t):
    forms = {"integer": ("integer", "{c0} + 1"), "text": ("text", "upper({c0}) || '!'"),
             "boolean": ("boolean", "NOT {c0}"),
             "varchar(10)": ("text", "coalesce({c0}, 'none')")}
    bases = [c for c in plain_columns(t) if c.type in forms]
    if not bases:
        return False
    base = r.choice(bases)
    type_name, text = forms[base.type]
    c = Column(schema.number(), f"gen{schema.numbers}", type_name)
    c.generated, c.stored = Words(text, columns=(base.number,)), r.random() < 0.5
    t.columns.insert(r.randint(0, len(t.columns)), c)
    return True


def add_view(r, schema):
    t = r.choice(schema.tables)
    name = f"view {schema.number()}"
    if schema.views and r.random() < 0.4:
        below = r.choice(schema.views).name
        query = Words(f"SELECT count(*) AS n FROM {quote(below)}")
        schema.views.append(View(name, query, below))
        return True
    columns = r.sample(t.columns, min(2, len(t.columns)))
    listed = ", ".join(f"x.{{c{i}}} AS k{i}" for i in range(len(columns)))
    other = r.choice(schema.tables)
    text = r.choice(("SELECT {} FROM {{t0}} AS x", "SELECT {} FROM {{t0}} x, {{t1}} AS y",
                     "SELECT {} FROM {{t0}} AS x WHERE EXISTS (SELECT 1 FROM {{t1}})"))
    schema.views.append(View(name, Words(text.format(listed), (t.number, other.number),
                                         tuple(c.number for c in columns))))
    return True


def add_trigger(r, schema):
    """Each writes a line into the log."""
    log, what = schema.log
    t, o = r.choice(schema.tables), r.choice(schema.tables)
    if t.number == log:
        return False
    c = r.choice(t.columns)
    event, row = r.choice((("INSERT", "new"), ("DELETE", "old"), ("UPDATE", "new"),
                           ("UPDATE OF {c1}", "old")))
    name = f"trigger {schema.number()}"
    body = (f"CREATE TRIGGER {quote(name)} AFTER {event} ON {{t1}} "
            + r.choice(("", f"WHEN {row}.{{c1}} IS NOT NULL "))
            + f"BEGIN INSERT INTO {{t0}} ({{c0}}) "
            f"SELECT 'of ' || count(*) || quote({row}.{{c1}}) FROM {{t2}}; END")
    schema.triggers.append(Trigger(name, Words(body, (log, t.number, o.number),
                                               (what, c.number))))
    return True


# ---- declarations ----

def declare(schema, old=None, data_step=False):
    """As a version file; with `old` it says what was called otherwise there."""
    names, was = schema.names(), old.names() if old else {}
    moods = ", ".join(f"'{m}'" for m in schema.moods)
    out = ["-- @schema lot", f"CREATE TYPE mood AS ENUM ({moods});"]
    out += [declare_table(t, names, was, old.table(t.number) if old else None)
            for t in schema.tables]
    for t in schema.tables:
        out += [f"{renamed(i, was)}CREATE {'UNIQUE ' if i.unique else ''}INDEX "
                f"{quote(i.name)} ON {quote(t.name)} {i.on.sql(names)};"
                for i in t.indexes]
    out += [f"CREATE VIEW {quote(v.name)} AS {v.query.sql(names)};" for v in schema.views]
    out += [g.body.sql(names) + ";" for g in schema.triggers]
    if data_step:
        out += ["-- @migrate sqlite", "SELECT 1;", "-- @end",
                "-- @rollback sqlite", "SELECT 1;", "-- @end"]
    return "\n".join(out) + "\n"


def renamed(thing, was):
    """The annotation of a thing that had another name."""
    name = was.get(thing.number, thing.name)
    return f"-- @was {quote(name)}\n" if name != thing.name else ""


def declare_table(t, names, was, before):
    lines = [declare_column(t, c, names, was, before) for c in t.columns]
    if len(t.primary) > 1:
        lines.append(f"PRIMARY KEY {listed(t.primary, names)}")
    lines += [f"UNIQUE {listed(u, names)}" for u in t.uniques]
    lines += [declare_foreign_key(f, names, was) for f in t.foreign]
    lines += [called(k, was) + f"CHECK ({k.condition.sql(names)})" for k in t.checks]
    options = ["STRICT"] * t.strict + ["WITHOUT ROWID"] * t.without_rowid
    body = ",\n".join("    " + line.replace("\n", "\n    ") for line in lines)
    return (f"{renamed(t, was)}CREATE TABLE {quote(t.name)} (\n{body}\n)"
            f"{' ' if options else ''}{', '.join(options)};")


def listed(numbers, names):
    return "(" + ", ".join(quote(names[n]) for n in numbers) + ")"


def declare_column(t, c, names, was, before):
    words = [quote(c.name), c.type]
    if c.collate:
        words.append(f"COLLATE {c.collate}")
    if t.primary == (c.number,):
        if t.counts:
            words.append("GENERATED BY DEFAULT AS IDENTITY")
        words.append("PRIMARY KEY")
    if c.not_null and c.generated is None:
        words.append("NOT NULL")
    if c.default is not None:
        words.append(f"DEFAULT {c.default}")
    if c.generated is not None:
        words.append(f"GENERATED ALWAYS AS ({c.generated.sql(names)}) "
                     + ("STORED" if c.stored else "VIRTUAL"))
    return renamed(c, was) + transform(c, was, before) + " ".join(words)


def filled(how, name):
    """An expression of @from or @back over the column."""
    return how.replace("{}", quote(name))


def transform(c, was, before):
    """@from and @back; `before` is the table of the version before."""
    if c.source in was:
        return f"-- @from {filled(c.via.there, was[c.source])}\n"
    old = before.column(c.number) if before else None
    step = c.step_from(old) if old else None
    if step is None or c.generated is not None:
        return ""
    return (f"-- @from {filled(step.there, old.name)}\n"
            f"-- @back {filled(step.back, c.name)}\n")


def called(constraint, was):
    if not constraint.name:
        return ""
    return f"{renamed(constraint, was)}CONSTRAINT {quote(constraint.name)} "


def declare_foreign_key(f, names, was):
    return (f"{called(f, was)}FOREIGN KEY {listed(f.columns, names)} "
            f"REFERENCES {quote(names[f.parent])} {listed(f.parent_columns, names)} "
            f"ON DELETE {f.on_delete} ON UPDATE {f.on_update}"
            + (" DEFERRABLE INITIALLY DEFERRED" if f.deferred else ""))
