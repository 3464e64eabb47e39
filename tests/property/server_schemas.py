"""Schemas of PostgreSQL made at random, and how they are declared.

What numbers are for is told in schemas.py.
"""

from dataclasses import dataclass, field, replace
from typing import Dict, List, Tuple

from .schemas import (ACTIONS, COLUMN_NAMES, Check, Column, ForeignKey, Index, Schema,
                      Table, Trigger, View, Words, called, declare_foreign_key, listed,
                      plain_columns, quote, random_name, renamed, transform)
from .server_extras import bring_extra, declare_extras, forget_missing, placed
from .server_values import PLAIN_TYPES, TYPES

TABLE_NAMES = ("t1", "t2", "T three", "order", "it's", "Été")
NO_BTREE_KEY = ("jsonb",)
NO_KEY = ("pair",)  # keys of which parts are dropped stay in their indexes
PLACES = ("", "app", "side one")  # schemas; "" is public
TYPE_NAMES = ("mood", "small", "pair")


@dataclass
class Label:
    number: int
    name: str


@dataclass
class Attribute:
    """Of the composite type."""
    number: int
    name: str
    type: str


HIGH_STATES = {"part": "FOR VALUES FROM (3) TO (MAXVALUE)", "rest": "DEFAULT",
               "alone": ""}  # a table of its own
SPLIT_AT = 3


@dataclass
class ServerTable(Table):
    split_by: int = 0  # the column of PARTITION BY; 0: none
    high: str = "part"  # what its upper rows are in: see HIGH_STATES

    def keys(self):
        return [k for k in super().keys() if not self.split_by or self.split_by in k]

    def relations(self):
        """The tables that its rows are in, by their names."""
        return [self.name] + [high_name(self)] * (self.high == "alone")


@dataclass
class ServerSchema(Schema):
    labels: List[Label] = field(default_factory=list)
    gone: Tuple = ()  # ((label that is gone, label that its rows get), …)
    filled: set = field(default_factory=set)  # numbers of materialized views
    small: str = "VALUE > 0"  # the rule of the domain; `triggers` has all statements
    small_base: str = "integer"  # and what it is made of
    attributes: List[Attribute] = field(default_factory=list)
    places: Dict[str, str] = field(default_factory=dict)  # of types and the function
    extras: List[str] = field(default_factory=list)  # see server_extras.py

    def names(self):
        out = super().names()
        out.update({thing.number: thing.name for thing in self.labels + self.attributes})
        return out

    def placed(self, name):
        """A type or the function as it is written."""
        place = self.places.get(name)
        return f"{quote(place)}.{name}" if place else name

    def all_places(self):
        found = {t.name.rpartition(".")[0] for t in self.tables}
        return sorted((found | set(self.places.values())) - {""})

    def prune(self):
        forget_missing(self)
        super().prune()

    def label_names(self):
        return [label.name for label in self.labels]


def random_schema(r):
    schema = ServerSchema()
    for name in r.sample(("sad", "ok", "so so", "Glad"), r.randint(2, 4)):
        schema.labels.append(Label(schema.number(), name))
    for _ in range(r.randint(1, 3)):
        schema.attributes.append(random_attribute(r, schema))
    for name in TYPE_NAMES + ("note",):
        if r.random() < 0.2:
            schema.places[name] = r.choice(PLACES)
    for name in r.sample(TABLE_NAMES, r.randint(2, 4)):
        schema.tables.append(random_table(r, schema, name))
    for t in list(schema.tables):
        decorate(r, schema, t)
    for _ in range(3):
        add_view(r, schema)
    for _ in range(r.randint(0, 5)):
        add_thing(r, schema)
    for _ in range(r.choice((0, 0, 1, 2))):
        bring_extra(r, schema)
    schema.prune()
    return schema


def random_attribute(r, schema):
    number = schema.number()
    return Attribute(number, r.choice(("part", "key part", "Part")) + f" {number}",
                     r.choice(("integer", "text")))


def random_table(r, schema, name):
    place = r.choice(PLACES + ("",) * 3)
    t = ServerTable(schema.number(), f"{place}.{name}" if place else name, [])
    for column_name in r.sample(COLUMN_NAMES, r.randint(2, 6)):
        t.columns.append(random_column(r, schema, column_name))
    give_primary_key(r, schema, t)
    return t


def random_column(r, schema, name):
    c = Column(schema.number(), name, r.choice(PLAIN_TYPES))
    c.not_null = r.random() < 0.35
    c.default = random_default(r, schema, c.type) if r.random() < 0.4 else None
    if c.type in ("text", "varchar(10)") and r.random() < 0.2:
        c.collate = '"C"'
    return c


def random_default(r, schema, kind):
    if kind == "mood":
        return "{label}"
    del schema
    choice = TYPES[kind].constants + TYPES[kind].volatile
    return r.choice(choice) if choice else None


def give_primary_key(r, schema, t):
    kind = r.choice(("counts", "counts", "bigint", "integer", "text", "two", "split", ""))
    if kind == "":
        return
    key = Column(schema.number(), "id",
                 "integer" if kind in ("counts", "two", "split") else kind)
    t.columns.insert(0, key)
    t.primary = (key.number,)
    t.counts = kind == "counts" or (kind == "bigint" and r.random() < 0.5)
    if kind == "two":
        second = Column(schema.number(), "id2", "text")
        t.columns.insert(r.randint(0, len(t.columns)), second)
        t.primary = tuple(r.sample((key.number, second.number), 2))
    if kind == "split":
        t.split_by = key.number
        t.high = r.choice(("part", "part", *HIGH_STATES))


def decorate(r, schema, t):
    for add in (add_check, add_index, add_unique, add_foreign_key, add_generated):
        for _ in range(r.choice((0, 0, 1, 1, 2))):
            add(r, schema, t)


def add_check(r, schema, t):
    c, d = r.choice(t.columns), r.choice(t.columns)
    per_type = {
        "integer": "{c0} > -2000000", "bigint": "{c0} <> 3", "text": "length({c0}) < 30",
        "numeric(10,2)": "{c0} < 99999.5", "date": "{c0} >= '1990-01-01'",
        "smallint": "{c0} BETWEEN -100 AND 100",
        "varchar(10)": "{c0} IN ('a', 'b', '12')",
        "text[]": "cardinality({c0}) < 5",
    }
    any_type = "{c0} IS NOT NULL OR {c1} IS NULL OR {c1} IS NOT NULL"
    if c.type == "pair" or d.type == "pair":  # what is asked of each of its parts
        any_type = "CAST({c0} AS text) <> 'x' OR CAST({c1} AS text) IS NULL OR " \
                   "CAST({c1} AS text) <> 'y'"
    condition = r.choice((any_type, per_type.get(c.type, any_type)))
    columns = (c.number, d.number) if "{c1}" in condition else (c.number,)
    if c.type == "pair" and r.random() < 0.7:
        condition = "({c0}).{c1} IS NOT NULL OR ({c0}).{c1} IS NULL"
        columns = (c.number, r.choice(schema.attributes).number)
    name = f"ck {schema.number()}" if r.random() < 0.5 else None
    t.checks.append(Check(name, Words(condition, columns=columns), schema.numbers))
    return True


def add_index(r, schema, t):
    c, d = r.choice(t.columns), r.choice(t.columns)
    forms = ["({c0})", "({c0} DESC)", "({c0}) WHERE {c0} IS NOT NULL"]
    if c is not d:
        forms += ["({c0}, {c1} DESC)", "({c0}) INCLUDE ({c1})"]
    if c.type == "text":
        forms += ["(lower({c0}))", '({c0} COLLATE "C")', "(({c0} || 'x'))"]
    form = r.choice(forms)
    unique = r.random() < 0.2 and not t.split_by
    if c.type == "text[]" and not unique:
        form = "USING gin ({c0})"
    columns = (c.number, d.number) if "{c1}" in form else (c.number,)
    if c.type == "pair":
        form = r.choice(("((({c0}).{c1}))", "((({c0}).{c1}) DESC)"))
        columns = (c.number, r.choice(schema.attributes).number)
    elif d.type == "pair" and "{c1}" in form:
        return False
    t.indexes.append(Index(f"ix {schema.number()}", unique, Words(form, columns=columns),
                           schema.numbers))
    return True


def add_unique(r, schema, t):
    del schema
    columns = [c for c in t.columns if c.generated is None and c.type not in NO_KEY]
    count = min(len(columns), r.randint(1, 2))
    chosen = tuple(c.number for c in r.sample(columns, count))
    if t.split_by and t.split_by not in chosen:
        return False
    if not chosen or any(set(chosen) == set(k) for k in t.keys()):
        return False
    t.uniques.append(chosen)
    return True


def add_foreign_key(r, schema, t):
    """To a key of an older table or of its own, so that rows have an order."""
    parents = [(p, key) for p in schema.tables if p.number <= t.number
               and p.high != "alone" for key in p.keys()]
    if not parents:
        return False
    parent, key = r.choice(parents)
    columns = tuple(fitting_column(r, schema, t, parent.column(n)) for n in key)
    if len(set(columns)) < len(columns) or any(f.columns == columns for f in t.foreign):
        return False
    if parent is t and (t.split_by or set(columns) & set(key)):
        return False
    t.foreign.append(ForeignKey(columns, parent.number, key, r.choice(ACTIONS),
                                r.choice(ACTIONS[:1] * 3 + ACTIONS), r.random() < 0.2,
                                *random_name(r, schema, "fk")))
    return True


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
    forms = {"integer": ("bigint", "{c0}::bigint + 1"),
             "text": ("text", "upper({c0}) || '!'"),
             "boolean": ("boolean", "NOT {c0}"),
             "varchar(10)": ("text", "coalesce({c0}, 'none')")}
    bases = [c for c in plain_columns(t) if c.type in forms]
    if not bases:
        return False
    base = r.choice(bases)
    kind, text = forms[base.type]
    c = Column(schema.number(), f"gen{schema.numbers}", kind)
    c.generated, c.stored = Words(text, columns=(base.number,)), True
    t.columns.insert(r.randint(0, len(t.columns)), c)
    return True


def add_view(r, schema):
    t = r.choice(schema.tables)
    number = schema.number()
    name = f"view {number}"
    if r.random() < 0.2:
        schema.filled.add(name)
    below = [v for v in schema.views if v.name not in schema.filled]
    if below and r.random() < 0.4:
        read = r.choice(below).name
        schema.views.append(View(name, Words(f"SELECT count(*) AS n FROM {quote(read)}"),
                                 read))
        return True
    pairs = [c for c in t.columns if c.type == "pair"]
    if pairs and r.random() < 0.6:
        columns = (r.choice(pairs).number, r.choice(schema.attributes).number)
        schema.views.append(View(name, Words("SELECT (x.{c0}).{c1} AS k FROM {t0} AS x",
                                             (t.number,), columns)))
        return True
    columns = r.sample(t.columns, min(2, len(t.columns)))
    said = ", ".join(f"x.{{c{i}}} AS k{i}" for i in range(len(columns)))
    other = r.choice(schema.tables)
    text = r.choice(("SELECT {} FROM {{t0}} AS x", "SELECT {} FROM {{t0}} x, {{t1}} AS y",
                     "SELECT {} FROM {{t0}} AS x WHERE EXISTS (SELECT 1 FROM {{t1}})"))
    schema.views.append(View(name, Words(text.format(said), (t.number, other.number),
                                         tuple(c.number for c in columns))))
    return True


# Each trigger and rule writes a line into the log, or keeps rows as they are, so that a
# migration that fires one is found.
THINGS = (
    "CREATE TRIGGER {} AFTER UPDATE OF {{c0}} ON {{t0}} FOR EACH ROW "
    "EXECUTE FUNCTION note()",
    "CREATE TRIGGER {} BEFORE INSERT OR UPDATE ON {{t0}} FOR EACH ROW "
    "EXECUTE FUNCTION note()",
    "CREATE TRIGGER {} AFTER UPDATE OR DELETE ON {{t0}} FOR EACH ROW "
    "WHEN (OLD.{{c0}} IS NOT NULL) EXECUTE FUNCTION note()",
    "CREATE TRIGGER {} AFTER UPDATE ON {{t0}} EXECUTE FUNCTION note()",
    "CREATE RULE {} AS ON UPDATE TO {{t0}} DO ALSO INSERT INTO log VALUES ('all')",
    "CREATE RULE {} AS ON UPDATE TO {{t0}} WHERE OLD.{{c0}} IS NOT NULL DO ALSO "
    "(INSERT INTO log VALUES (NEW.{{c1}}::text); INSERT INTO log VALUES (2))",
    "CREATE RULE {} AS ON UPDATE TO {{t0}} WHERE NEW.{{c0}} IS NULL DO INSTEAD NOTHING",
    "CREATE RULE {} AS ON INSERT TO {{t0}} WHERE NEW.{{c1}} IS NULL DO ALSO "
    "INSERT INTO log SELECT NEW.{{c0}}::text FROM {{t0}}",
    "CREATE RULE {} AS ON DELETE TO {{t0}} DO INSTEAD NOTHING",
    "CREATE POLICY {} ON {{t0}} USING ({{c0}} IS NOT NULL OR {{c1}} IS NULL)",
    "CREATE STATISTICS {} ON {{c0}}, {{c1}} FROM {{t0}}",
    "COMMENT ON COLUMN {{t0}}.{{c0}} IS 'said of {}'",
    "COMMENT ON TABLE {{t0}} IS 'said of {}'",
    "GRANT SELECT ({{c0}}), UPDATE ({{c1}}) ON {{t0}} TO PUBLIC",
    "GRANT INSERT, DELETE ON {{t0}} TO PUBLIC",
)
LOG = """CREATE TABLE log (what text);
CREATE FUNCTION {note}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.log VALUES (TG_TABLE_NAME || ' ' || TG_NAME || ' ' || TG_OP);
    RETURN NEW;
END $$;"""


def add_thing(r, schema):
    """What hangs on a table and is said by a statement of its own."""
    t = r.choice(schema.tables)
    columns = [c for c in t.columns if c.type not in NO_BTREE_KEY]
    if len(columns) < 2:
        return False
    c, d = r.sample(columns, 2)
    text = r.choice(THINGS)
    name = f"thing {schema.number()}"
    said = text.format(name if "said of" in text else quote(name))
    number = (c.number, d.number) if "{{c1}}" in text else (c.number,)
    words = Words(said, (t.number,), number if "{{c0}}" in text else ())
    if any(alike(words, g.body) for g in schema.triggers):
        return False
    schema.triggers.append(Trigger(name, words))
    return True


def alike(one, other):
    """Two of them would be one."""
    kinds = [" ".join(w.text.split()[:3]) for w in (one, other)]
    return (kinds[0] == kinds[1] and not kinds[0].startswith("CREATE")
            and one.tables == other.tables)


# ---- declarations ----

def declare(schema, old=None, data_step=False):
    names, was = schema.names(), old.names() if old else {}
    out = ["-- @schema lot"]
    out += [f"CREATE SCHEMA {quote(place)};" for place in schema.all_places()]
    out += [f"-- @map '{one}' = '{other}'" for one, other in schema.gone]
    labels = [f"    '{label.name}'{',' * (i + 1 < len(schema.labels))}"
              + (f" -- @was '{was[label.number]}'"
                 if was.get(label.number, label.name) != label.name else "")
              for i, label in enumerate(schema.labels)]
    mood, small, pair, note = (placed_before(schema, old, name) + schema.placed(name)
                               for name in TYPE_NAMES + ("note",))
    attributes = [f"    {renamed(x, was)}{quote(x.name)} {x.type}"
                  + "," * (i + 1 < len(schema.attributes))
                  for i, x in enumerate(schema.attributes)]
    out += [mood.replace("{}", "CREATE TYPE") + " AS ENUM (", *labels, ");"]
    out += [small.replace("{}", "CREATE DOMAIN")
            + f" AS {schema.small_base} CHECK ({schema.small});"]
    out += [pair.replace("{}", "CREATE TYPE") + " AS (", *attributes, ");"]
    out += declare_extras(schema)
    out += [LOG.replace("CREATE FUNCTION {note}", note.replace("{}", "CREATE FUNCTION"))]
    out += [declare_table(schema, t, names, was, old.table(t.number) if old else None)
            for t in schema.tables]
    for t in schema.tables:
        out += [f"{renamed(i, was)}CREATE {'UNIQUE ' if i.unique else ''}INDEX "
                f"{quote(i.name)} ON {quote(t.name)} {i.on.sql(names)};"
                for i in t.indexes]
    out += [f"CREATE {'MATERIALIZED ' * (v.name in schema.filled)}VIEW {quote(v.name)} "
            f"AS {v.query.sql(names)};" for v in schema.views]
    out += [g.body.sql(names).replace(" note()", f" {schema.placed('note')}()") + ";"
            for g in schema.triggers]
    if data_step:
        out += ["-- @migrate postgres", "SELECT 1;", "-- @end",
                "-- @rollback postgres", "SELECT 1;", "-- @end"]
    return placed("\n".join(out) + "\n", schema.places)


def placed_before(schema, old, name):
    """The annotation of a type that was in another schema, and a hole for CREATE."""
    place = old.places.get(name, "") if old else schema.places.get(name, "")
    moved = place != schema.places.get(name, "") and name != "note"  # made anew
    return f"-- @was {quote(place or 'public')}.{name}\n" * moved + "{} "


def moved_table(t, was):
    """The annotation of a table with another name, or in another schema."""
    name = was.get(t.number, t.name)
    if name == t.name:
        return ""
    return f"-- @was {quote(name if '.' in name else 'public.' + name)}\n"


def declare_table(schema, t, names, was, before):
    lines = [declare_column(schema, t, c, names, was, before) for c in t.columns]
    if len(t.primary) > 1:
        lines.append(f"PRIMARY KEY {listed(t.primary, names)}")
    lines += [f"UNIQUE {listed(u, names)}" for u in t.uniques]
    lines += [declare_foreign_key(f, names, was) for f in t.foreign]
    lines += [called(k, was) + f"CHECK ({k.condition.sql(names)})" for k in t.checks]
    body = ",\n".join("    " + line.replace("\n", "\n    ") for line in lines)
    out = f"{moved_table(t, was)}CREATE TABLE {quote(t.name)} (\n{body}\n)"
    if not t.split_by:
        return out + ";"
    out += f" PARTITION BY RANGE ({quote(names[t.split_by])});"
    parts = {f"part {t.number} low": f"FOR VALUES FROM (MINVALUE) TO ({SPLIT_AT})",
             high_name(t): HIGH_STATES[t.high]}
    for part, bounds in parts.items():
        if bounds:
            out += (f"\nCREATE TABLE {quote(part)} PARTITION OF {quote(t.name)} "
                    f"{bounds};")
        else:
            out += f"\n{declare_alone(schema, t, part, names, was, before)}"
    return out


def high_name(t):
    return f"part {t.number} high"


def declare_alone(schema, t, name, names, was, before):
    """With the columns of the whole, so that it can join it again."""
    key = replace(t, primary=(), counts=False)
    lines = [declare_column(schema, key, replace(c, not_null=c.not_null
                                                 or c.number in t.primary),
                            names, was, before) for c in t.columns]
    if t.number % 2:
        lines.append(f"PRIMARY KEY {listed(t.primary, names)}")
    body = ",\n".join("    " + line.replace("\n", "\n    ") for line in lines)
    return f"CREATE TABLE {quote(name)} (\n{body}\n);"


def declare_column(schema, t, c, names, was, before):
    words = [quote(c.name), c.type if c.type in schema.extras
             else schema.placed(c.type)]
    if c.collate:
        words.append(f"COLLATE {c.collate}")
    if t.primary == (c.number,):
        if t.counts:
            words.append("GENERATED BY DEFAULT AS IDENTITY")
        words.append("PRIMARY KEY")
    if c.not_null and c.generated is None and c.type != "pair":  # see docs/limits.md
        words.append("NOT NULL")
    if c.default is not None and c.generated is None:
        words.append("DEFAULT " + c.default.replace("{label}",
                                                    f"'{schema.labels[-1].name}'"))
    if c.generated is not None:
        words.append(f"GENERATED ALWAYS AS ({c.generated.sql(names)}) STORED")
    return renamed(c, was) + transform(c, was, before) + " ".join(words)
