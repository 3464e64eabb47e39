"""Rows of a PostgreSQL database: put in at random, read, and foretold.

What a migration must make of them is computed by the server before it runs, and put into
a fresh database of the new version, which knows nothing of schemac's plan and may refuse.
"""

from runner.libpq import ServerError

from .databases import in_order
from .schemas import filled, quote
from .server_schemas import SPLIT_AT
from .server_values import AS_IT_IS, PARTS, TYPES, converted

NOT_THERE_YET = {"mood": "text", "small": "integer", "hue": "text", "code": "text",
                 "grade": "integer", "citext": "text"}
DATA_ERRORS = ("22", "23")  # SQLSTATE classes: values, constraints


class Refused(Exception):
    """The new version takes the rows in no way."""


def literal(value):
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


# ---- rows at random ----

def fill(r, session, schema, most):
    for _ in range(2):
        for t in schema.tables:
            for _ in range(r.randint(0, most)):
                attempt(session, insertion(r, session, schema, t))
    for v in schema.views:
        if v.name in schema.filled:
            attempt(session, f"REFRESH MATERIALIZED VIEW {quote(v.name)}")


def attempt(session, sql):
    try:
        session.ask(sql)
    except ServerError as e:
        if not e.state.startswith(DATA_ERRORS):
            raise


def insertion(r, session, schema, t):
    values = {}
    parents = {n: (f, i) for f in t.foreign for i, n in enumerate(f.columns)}
    for c in t.columns:
        if c.generated or (t.counts and t.primary == (c.number,) and r.random() < 0.7):
            continue
        if c.default is not None and r.random() < 0.2:
            continue
        if not c.not_null and c.number not in t.primary and r.random() < 0.2:
            values[c.name] = None
        elif c.number in parents:
            values[c.name] = parent_value(r, session, schema, *parents[c.number])
        else:
            values[c.name] = random_value(r, schema, c.type)
    return insert_all(t, [values])


def random_value(r, schema, kind):
    if kind == "pair":
        return f"({','.join(r.choice(PARTS[x.type]) for x in schema.attributes)})"
    return r.choice(schema.label_names() if kind == "mood" else TYPES[kind].values)


def parent_value(r, session, schema, key, at):
    parent = schema.table(key.parent)
    column = quote(parent.column(key.parent_columns[at]).name)
    found = session.ask(f"SELECT {column}::text FROM {quote(parent.name)} ORDER BY 1")
    return r.choice(found)[0] if found else None


def insert_all(t, rows):
    """One statement: rows that refer to each other come together."""
    parted = {name: [] for name in t.relations()}
    for row in rows:
        parted[relation_of(t, row)].append(row)
    return "; ".join(insert(name, of) for name, of in parted.items() if of)


def relation_of(t, row):
    if t.high != "alone":
        return t.name
    value = row.get(t.column(t.split_by).name)
    return t.relations()[value is not None and int(value) >= SPLIT_AT]


def insert(name, rows):
    if not rows[0]:
        return "; ".join(f"INSERT INTO {quote(name)} DEFAULT VALUES" for _ in rows)
    names = ", ".join(map(quote, rows[0]))
    values = ", ".join(f"({', '.join(literal(v) for v in row.values())})" for row in rows)
    return f"INSERT INTO {quote(name)} ({names}) OVERRIDING SYSTEM VALUE VALUES {values}"


# ---- what a database holds ----

def rows_of(session, schema, hidden=None):
    """{table's number: sorted rows of {column's number: text}}"""
    return {t.number: rows_of_table(session, t, (hidden or {}).get(t.number, ()))
            for t in schema.tables}


def rows_of_table(session, t, hidden):
    columns = [c for c in t.columns if c.number not in hidden]
    said = ", ".join(AS_IT_IS.format(quote(c.name)) for c in columns) or "1"
    numbers = [c.number for c in columns] or [0]
    return in_order(dict(zip(numbers, row))
                    for row in session.ask(from_all(t, said)))


def from_all(t, said):
    return " UNION ALL ".join(f"SELECT {said} FROM {quote(name)}"
                              for name in t.relations())


# ---- what they become ----

def arrive(source, target, old, new, up):
    """Put the rows of one database into another; Refused: its rules do not take them."""
    try:
        for t in sorted(new.tables, key=lambda t: t.number):
            before = old.table(t.number)
            rows = arriving(source, before, t, (old, new), up) if before else []
            if rows:
                target.ask(insert_all(t, rows))
    except ServerError as e:
        if not e.state.startswith(DATA_ERRORS):
            raise
        raise Refused(str(e)) from e


def labels(old, new, up):
    """What each label is called afterwards."""
    names = {label.number: label.name for label in new.labels}
    out = {label.name: names[label.number] for label in old.labels
           if label.number in names}
    if up:
        out.update(new.gone)
    return out


def pair_then(column, old, new):
    """Attributes that are gone are left out, those that come are NULL."""
    names = {x.number: x.name for x in old.attributes}
    parts = [f"({column}).{quote(names[x.number])}" if x.number in names else "NULL"
             for x in new.attributes]
    return (f"CASE WHEN CAST({column} AS text) IS NOT NULL "
            f"THEN CAST(ROW({', '.join(parts)}) AS text) END")


def arriving(session, before, t, schemas, up):
    """Rows of {column's name: text}; what is left out gets its default."""
    wanted, moods = [], labels(*schemas, up)
    for c in t.columns:
        was = before.column(c.number)
        source = before.column(c.source) if up and c.source is not None else None
        if c.generated or (was or source) is None:
            continue
        how = how_of(c, was, up)
        if was is not None and was.generated:  # one that is computed no more keeps it
            was = was.__class__(**{**was.__dict__, "generated": None})
        from_ = was or source
        # What such a type takes is for the other side to say.
        to = c.type if c.type == from_.type else NOT_THERE_YET.get(c.type, c.type)
        if how:
            whole = f"::{to}" if to in ("smallint", "integer", "bigint") else ""
            said = AS_IT_IS.format(f"({filled(how, from_.name)}){whole}")
        elif c.type == "pair":
            said = pair_then(quote(from_.name), *schemas)
        else:
            said = converted(quote(from_.name), from_.type, to)
        wanted.append((c, from_, said))
    said = ", ".join(text for _, _, text in wanted) or "1"
    out = []
    for row in session.ask(from_all(before, said)):
        out.append({c.name: moods.get(v, v) if is_mood(c, from_) else v
                    for (c, from_, _), v in zip(wanted, row)})
    return out


def how_of(c, was, up):
    """@from or @back; "": as the types say."""
    if was is None:
        return "" if c.via.there == "{}" else c.via.there
    step = c.step_from(was) if up else was.step_from(c)
    return (step.there if up else step.back) if step else ""


def is_mood(c, from_):
    return c.type == "mood" and from_.type == "mood"


def unpredictable(old, new, up):
    """{table's number: columns whose values nobody can foretell}"""
    out = {}
    for t in new.tables:
        before = old.table(t.number)
        hidden = out[t.number] = set()
        for c in t.columns:
            is_new = before is None or before.column(c.number) is None
            sourced = up and c.source is not None
            if is_new and not sourced and c.default in TYPES[c.type].volatile:
                hidden.add(c.number)
        hidden |= {c.number for c in t.columns
                   if c.generated and set(c.generated.columns) & hidden}
    return out


def differing(old, new, last):
    """The same of the last one, where rows may have come to it in two steps."""
    steps = unpredictable(old, new, True), unpredictable(new, last, True)
    out = {t.number: set().union(*(s.get(t.number, ()) for s in steps))
           for t in last.tables}
    for t in last.tables:
        out[t.number] |= {c.number for c in t.columns
                          if c.generated and set(c.generated.columns) & out[t.number]}
    return out


def log_of(session):
    """What triggers have written."""
    return session.ask("SELECT what FROM log ORDER BY 1")


def counters(session, schema):
    """{table's number: where its identity column stands}"""
    return {t.number: session.ask(
        f"SELECT pg_sequence_last_value(pg_get_serial_sequence({literal(quote(t.name))}, "
        f"{literal(t.column(t.primary[0]).name)}))")[0][0]
        for t in schema.tables if t.counts}
