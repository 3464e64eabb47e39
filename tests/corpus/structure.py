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
CHECK = re.compile(r"\bCHECK\s*\(", re.I)
OF_TYPE = re.compile(r"_type\"? CHECK\s*\(")  # as we name those that a type means
SAME_TYPES = [
    ("int", "integer"), ("int4", "integer"), ("int8", "bigint"), ("int2", "smallint"),
    ("bool", "boolean"), ("character varying", "varchar"), ("character", "char"),
    ("bpchar", "char"), ("decimal", "numeric"),
    ("timestamp with time zone", "timestamptz"),
    (r"timestamp(\(\d\))? without time zone", "timestamp"),
]
CAST = re.compile(r"::[\w\" ]+(\(\d+\))?(\[\])?$")


@dataclass
class Column:
    affinity: str
    not_null: bool
    default: str | None
    declared: str = ""  # the type, in the engine's own words
    counts: bool = False
    form: str = ""  # whether it is computed; PostgreSQL: its collation


@dataclass
class Table:
    columns: dict = field(default_factory=dict)  # {name: Column}
    key: tuple = ()
    uniques: set = field(default_factory=set)  # of tuples of columns
    references: dict = field(default_factory=dict)  # {(columns, table): actions}
    indexes: set = field(default_factory=set)  # of tuples of columns
    checks: int = 0  # but for those that are a type's own
    triggers: int = 0
    forms: dict = field(default_factory=dict)  # {columns: method, order, WHERE}


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


def plain_type(declared):
    """Without the names of one type that are alike in every engine."""
    word = re.sub(r"\s+", " ", declared.lower()).replace(", ", ",")
    for name, plain in SAME_TYPES:
        word = re.sub(rf"^{name}(?!\w)", plain, word)
    return word


def plain_expression(text):
    return re.sub(r'[\s()"`\[\]_;]|::\w+', "", text.lower())


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
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' "
                              "AND name NOT LIKE 'sqlite%' ORDER BY name").fetchall()
    return {folded_name(name): read_table(connection, name, sql or "")
            for name, sql in rows if name.lower() not in HISTORY}


def read_table(connection, name, sql):
    t = Table()
    keys = []
    said = without_comments(sql)
    for row in connection.execute("SELECT name, type, \"notnull\", dflt_value, pk, "
                                  "hidden FROM pragma_table_xinfo(?)", [name]):
        column, declared, not_null, default, place, hidden = row
        t.columns[folded_name(column)] = Column(
            affinity(declared), bool(not_null), plain_default(default),
            plain_type(declared), False, "computed" if hidden else "")
        if place:
            keys.append((place, column))
    t.key = folded(column for _, column in sorted(keys))
    if len(t.key) == 1 and t.columns[t.key[0]].declared == "integer":
        t.columns[t.key[0]].not_null = True  # NULL is the next number there
        t.columns[t.key[0]].counts = True
    t.checks = len(CHECK.findall(said)) - len(OF_TYPE.findall(said))
    t.triggers, = connection.execute("SELECT count(*) FROM sqlite_schema WHERE "
                                     "type = 'trigger' AND tbl_name = ?",
                                     [name]).fetchone()
    read_indexes(connection, name, t)
    read_references(connection, name, t)
    return t


def without_comments(sql):
    """Nor the texts."""
    return re.sub(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", " ", sql, flags=re.S)


def read_indexes(connection, name, t):
    rows = connection.execute(
        "SELECT l.name, \"unique\", origin, partial, s.sql FROM pragma_index_list(?) l "
        "LEFT JOIN sqlite_schema s ON s.name = l.name", [name]).fetchall()
    for index, unique, origin, partial, sql in rows:
        if origin == "pk":
            continue
        parts = connection.execute("SELECT name, \"desc\", coll FROM "
                                   "pragma_index_xinfo(?) WHERE key ORDER BY seqno",
                                   [index]).fetchall()
        columns = folded(column for column, _, _ in parts)
        if partial:
            columns += ("of some rows",)
        (t.uniques if unique else t.indexes).add(columns)
        words = ["DESC" for _, desc, _ in parts if desc]
        words += [coll for _, _, coll in parts if coll != "BINARY"]
        if partial:
            condition = re.split("WHERE", sql, flags=re.I)[-1]
            words.append("WHERE" + plain_expression(condition))
        t.forms[columns] = " ".join(words)


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
            a.attidentity <> ''
                OR coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false),
            format_type(y.oid, CASE x.typtype WHEN 'd' THEN x.typtypmod
                               ELSE a.atttypmod END),
            concat_ws(' ', CASE WHEN a.attgenerated <> '' THEN 'computed' END,
                      (SELECT o.collname FROM pg_collation o
                       WHERE o.oid = a.attcollation AND o.collname <> 'default')))
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
             WHERE k.n <= i.indnkeyatts),
            concat_ws(' ', (SELECT NULLIF(m.amname, 'btree') FROM pg_am m
                            WHERE m.oid = x.relam),
                      (SELECT string_agg('DESC', ' ') FROM unnest(i.indoption) o
                       WHERE o & 1 = 1),
                      'WHERE ' || pg_get_expr(i.indpred, i.indrelid))))
     FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
     WHERE i.indrelid = c.oid) AS indexes,
    (SELECT json_agg(json_build_array(
            f.confrelid::regclass::text, f.confdeltype, f.confupdtype,
            (SELECT json_agg(a.attname ORDER BY k.n)
             FROM unnest(f.conkey) WITH ORDINALITY k(num, n)
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num)))
     FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f') AS "references",
    (SELECT count(*) FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'c')
        AS checks,
    (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
        AS triggers
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
    for column in row["columns"] or []:
        name, kind, not_null, default, _, _, counts, declared, form = column
        t.columns[folded_name(name)] = Column(
            AFFINITIES.get(kind, "NUMERIC"), not_null, plain_default(default),
            plain_type(declared), counts, form)
    for primary, unique, partial, names, form in row["indexes"] or []:
        columns = folded(names) + (("of some rows",) if partial else ())
        if primary:
            t.key = columns
        else:
            (t.uniques if unique else t.indexes).add(columns)
            t.forms[columns] = form
    t.checks, t.triggers = row["checks"], row["triggers"]
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


def differences_of_one_engine(ours, theirs):
    """The same, with what only two databases of one engine can be asked for."""
    found = differences(ours, theirs)
    for name in sorted(ours.keys() & theirs.keys()):
        found += closer_differences(name, ours[name], theirs[name])
    return found


def closer_differences(name, ours, theirs):
    found = []
    for column in sorted(ours.columns.keys() & theirs.columns.keys()):
        a, b = ours.columns[column], theirs.columns[column]
        at = f"{name}.{column}"
        found += pair_differences("type", at, a.declared, b.declared)
        found += pair_differences("form", at, a.form, b.form)
        if a.counts != b.counts:
            found.append((f"only {'ours' if a.counts else 'theirs'}: counts", at, ""))
    for columns in sorted(ours.forms.keys() & theirs.forms.keys()):
        found += pair_differences("form of an index", f"{name}({', '.join(columns)})",
                                  ours.forms[columns], theirs.forms[columns])
    found += pair_differences("checks", name, ours.checks, theirs.checks)
    return found + pair_differences("triggers", name, ours.triggers, theirs.triggers)


def pair_differences(kind, at, ours, theirs):
    return [] if ours == theirs else [(kind, at, f"{ours} and {theirs}")]


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
