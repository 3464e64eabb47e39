"""What a database is made of, by SQLite's pragmas or PostgreSQL's catalog: an outside
view, in which two databases for one program can be compared whatever their engine.

Names count without their case and underscores, types by their affinity, literals by
their value.
"""

import re
import sqlite3
from dataclasses import dataclass, field

HISTORY = {"schemac_history", "schemac_comments", "sqlite_sequence", "sqlite_stat1"}
NOW = re.compile(r"current_timestamp|now\(\)|'now'|unixepoch\(\)", re.I)
COUNTS = re.compile(r"nextval\(")
CAST = re.compile(r"::[\w\" ]+(\(\d+\))?(\[\])?$")


@dataclass
class Column:
    affinity: str
    not_null: bool
    default: str | None


@dataclass
class Table:
    columns: dict = field(default_factory=dict)  # {name: Column}
    key: tuple = ()
    uniques: set = field(default_factory=set)  # of tuples of columns
    references: dict = field(default_factory=dict)  # {(columns, table): actions}
    indexes: set = field(default_factory=set)  # of tuples of columns


def affinity(declared):
    """SQLite's rule, to the letter (datatype3.html, 3.1)."""
    word = declared.upper()
    if "INT" in word:
        return "INTEGER"
    if any(part in word for part in ("CHAR", "CLOB", "TEXT")):
        return "TEXT"
    if "BLOB" in word or not word:
        return "BLOB"
    if any(part in word for part in ("REAL", "FLOA", "DOUB")):
        return "REAL"
    return "NUMERIC"


def plain_default(text):
    if text is None or COUNTS.match(text):
        return None
    text = CAST.sub("", text.strip())
    if text.upper() == "NULL":
        return None
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if text[:1] in "'\"" and text[:1] == text[-1:]:
        text = text[1:-1]
    if NOW.search(text):
        return "the time of now"
    word = text.lower()
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", word):
        return f"{float(word):g}"
    return {"true": "1", "false": "0"}.get(word, word)


def folded_name(name):
    return name.lower().replace("_", "")


def folded(names):
    return tuple(folded_name(name or "an expression") for name in names)


def read(connection):
    """{name: Table}"""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' "
                              "AND name NOT LIKE 'sqlite%' ORDER BY name").fetchall()
    return {folded_name(name): read_table(connection, name) for name, in rows
            if name.lower() not in HISTORY}


def read_table(connection, name):
    t = Table()
    keys = []
    for row in connection.execute("SELECT name, type, \"notnull\", dflt_value, pk "
                                  "FROM pragma_table_info(?)", [name]):
        column, declared, not_null, default, place = row
        t.columns[folded_name(column)] = Column(affinity(declared), bool(not_null),
                                           plain_default(default))
        if place:
            keys.append((place, column))
    t.key = folded(column for _, column in sorted(keys))
    if len(t.key) == 1 and t.columns[t.key[0]].affinity == "INTEGER":
        t.columns[t.key[0]].not_null = True  # NULL is the next number there
    read_indexes(connection, name, t)
    read_references(connection, name, t)
    return t


def read_indexes(connection, name, t):
    rows = connection.execute("SELECT name, \"unique\", origin, partial "
                              "FROM pragma_index_list(?)", [name]).fetchall()
    for index, unique, origin, partial in rows:
        if origin == "pk":
            continue
        columns = folded(column for column, in connection.execute(
            "SELECT name FROM pragma_index_info(?) ORDER BY seqno", [index]))
        if partial:
            columns += ("of some rows",)
        (t.uniques if unique else t.indexes).add(columns)


def read_references(connection, name, t):
    found = {}
    for row in connection.execute("SELECT id, \"table\", \"from\", on_delete, on_update "
                                  "FROM pragma_foreign_key_list(?) ORDER BY id, seq",
                                  [name]):
        number, target, column, on_delete, on_update = row
        found.setdefault(number, (folded_name(target), [], (on_delete, on_update)))
        found[number][1].append(column)
    for target, columns, actions in found.values():
        t.references[(folded(columns), target)] = actions


# ---- PostgreSQL ----

CATALOG = """
SELECT coalesce(json_agg(t), '[]') FROM (
  SELECT c.relname AS name,
    (SELECT json_agg(json_build_array(
            a.attname, CASE WHEN y.typtype = 'e' THEN 'text' ELSE y.typname END,
            a.attnotnull, CASE WHEN a.attgenerated = '' THEN
                pg_get_expr(d.adbin, d.adrelid) END,
            a.atthasdef OR a.attidentity <> '', a.atttypmod - 4,
            a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')
            ORDER BY a.attnum)
     FROM pg_attribute a
     JOIN pg_type x ON x.oid = a.atttypid
     JOIN pg_type y ON y.oid = CASE x.typtype WHEN 'd' THEN x.typbasetype ELSE x.oid END
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT json_agg(json_build_array(
            i.indisprimary, i.indisunique, i.indpred IS NOT NULL,
            (SELECT json_agg(a.attname ORDER BY k.n)
             FROM unnest(i.indkey::int[]) WITH ORDINALITY k(num, n)
             LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num
                                         AND k.num > 0
             WHERE k.n <= i.indnkeyatts)))
     FROM pg_index i WHERE i.indrelid = c.oid) AS indexes,
    (SELECT json_agg(json_build_array(
            f.confrelid::regclass::text, f.confdeltype, f.confupdtype,
            (SELECT json_agg(a.attname ORDER BY k.n)
             FROM unnest(f.conkey) WITH ORDINALITY k(num, n)
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num)))
     FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f') AS "references"
  FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace NOT IN
        ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  ORDER BY c.relname) t
"""

ACTIONS = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL",
           "d": "SET DEFAULT"}
AFFINITIES = {
    "int2": "INTEGER", "int4": "INTEGER", "int8": "INTEGER", "text": "TEXT",
    "varchar": "TEXT", "bpchar": "TEXT", "bytea": "BLOB", "float4": "REAL",
    "float8": "REAL",
}


def of_catalog(rows):
    """{name: Table} of what the server answers to CATALOG."""
    return {folded_name(row["name"]): catalog_table(row) for row in rows}


def catalog_table(row):
    t = Table()
    for name, kind, not_null, default, *_ in row["columns"] or []:
        t.columns[folded_name(name)] = Column(AFFINITIES.get(kind, "NUMERIC"), not_null,
                                              plain_default(default))
    for primary, unique, partial, names in row["indexes"] or []:
        columns = folded(names) + (("of some rows",) if partial else ())
        if primary:
            t.key = columns
        else:
            (t.uniques if unique else t.indexes).add(columns)
    for target, on_delete, on_update, names in row["references"] or []:
        name = folded_name(target.split(".")[-1].strip('"'))
        t.references[(folded(names), name)] = (ACTIONS[on_delete], ACTIONS[on_update])
    return t


# ---- what differs ----

def differences(ours, theirs):
    """[(kind, object, detail)]: `kind` says who has what the other has not."""
    found = [("only theirs: table", name, "") for name in theirs if name not in ours]
    found += [("only ours: table", name, "") for name in ours if name not in theirs]
    for name in sorted(ours.keys() & theirs.keys()):
        found += table_differences(name, ours[name], theirs[name])
    return found


def table_differences(name, ours, theirs):
    found = []
    for column in sorted(ours.columns.keys() | theirs.columns.keys()):
        a, b = ours.columns.get(column), theirs.columns.get(column)
        if a is None or b is None:
            who = "theirs" if a is None else "ours"
            found.append((f"only {who}: column", f"{name}.{column}", ""))
        else:
            found += column_differences(f"{name}.{column}", a, b,
                                        column in ours.key and column in theirs.key)
    found += set_differences("key", name, keys(ours), keys(theirs))
    found += set_differences("index", name, indexes(ours), indexes(theirs))
    found += set_differences("reference", name, ours.references.keys(),
                             theirs.references.keys())
    for at in sorted(ours.references.keys() & theirs.references.keys()):
        a, b = ours.references[at], theirs.references[at]
        if a != b:
            found.append(("actions", f"{name}({', '.join(at[0])})", f"{a} and {b}"))
    return found


def keys(t):
    """PRIMARY KEY or UNIQUE: what identifies a row."""
    return t.uniques | ({t.key} if t.key else set())


def indexes(t):
    """Those that no key makes needless."""
    return t.indexes - keys(t)


def column_differences(name, ours, theirs, in_keys):
    found = []
    if ours.affinity != theirs.affinity:
        found.append(("affinity", name, f"{ours.affinity} and {theirs.affinity}"))
    if ours.not_null != theirs.not_null and not in_keys:
        who = "ours" if ours.not_null else "theirs"
        found.append((f"only {who}: NOT NULL", name, ""))
    if ours.default != theirs.default:
        found.append(("default", name, f"{ours.default} and {theirs.default}"))
    return found


def set_differences(kind, name, ours, theirs):
    return [(f"only ours: {kind}", name, str(at)) for at in sorted(ours - theirs)] \
        + [(f"only theirs: {kind}", name, str(at)) for at in sorted(theirs - ours)]


def of_script(text):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(text)
        return read(connection)
    finally:
        connection.close()
