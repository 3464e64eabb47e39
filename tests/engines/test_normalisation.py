"""What a PostgreSQL server makes of what was written is no difference, and what only looks
like it is one.

The rows of ../shared/facts/pg15-normalisation.tsv were measured on a server: each is a
pair of files, as written and as printed.
"""

import csv
from pathlib import Path

COLUMNS = """i int, i2 int, bi bigint, si smallint, v varchar(20), vc varchar, t text,
c char(4), num numeric(10,2), nn numeric, ts timestamp, tz timestamptz, d date, b boolean,
j jsonb, js json, a int[], ta text[], e mood, u uuid, r real, f8 float8, iv interval,
ip inet, ci citext, tm time, rng int4range, by bytea, "Mixed" int, "select" int,
dp posint"""
AROUND = """CREATE EXTENSION citext; CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm;
CREATE TYPE mood AS ENUM ('sad','ok','happy'); CREATE SEQUENCE sq; CREATE SCHEMA app;
CREATE SEQUENCE app.sq2; CREATE DOMAIN posint AS int CHECK (value > 0);
CREATE FUNCTION app.fn(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'select $1';
CREATE TYPE app.color AS ENUM ('r','g');
CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
"""
CODE = """CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
"""
TABLE = f"CREATE TABLE z ({COLUMNS});\n"

# context → (type, written or printed) → declarations
SHAPES = {
    "default": lambda t, e: f"CREATE TABLE z (col {t} DEFAULT {e});",
    "check": lambda t, e: f"CREATE TABLE z ({COLUMNS}, CONSTRAINT k {as_check(e)});",
    "constraint": lambda t, e: f"CREATE TABLE z ({COLUMNS}, CONSTRAINT k {e});",
    "index": lambda t, e: TABLE + e + ";",
    "type": lambda t, e: f"CREATE TABLE z (col {e});",
    "generated": lambda t, e:
        f"CREATE TABLE z ({COLUMNS}, g {t} GENERATED ALWAYS AS ({e}) STORED);",
    "view": lambda t, e: TABLE + f"CREATE VIEW vz AS {e.rstrip().rstrip(';')};",
    "policy": lambda t, e: TABLE + f"CREATE POLICY pz ON z USING ({e});",
    "trigger": lambda t, e: TABLE + CODE + e + ";",
}

# (context, written): why its printed form alone does not say the same.
NOT_TOLD = {
    ("constraint", "unique (i) with (fillfactor=80)"):
        "the text of a constraint has no storage parameters",
}
REACHED = 465


def as_check(e):
    return e if e.startswith("CHECK (") else f"CHECK ({e})"


def rows(env):
    path = env.shared("facts/pg15-normalisation.tsv")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["context"] in SHAPES and not row["printed"].startswith("ERROR"):
                yield row


def declarations(context, type_, text):
    if text.startswith("(no pg_attrdef row"):
        return AROUND + f"CREATE TABLE z (col {type_});"
    return AROUND + SHAPES[context](type_, text)


def differs(env, name, old, new):
    """None: they are equal; else what differs, or why they cannot be compared."""
    files = [env.dir / f"{name}-{side}.sql" for side in ("old", "new")]
    for path, text in zip(files, (old, new)):
        path.write_text(text, encoding="utf-8")
    got = env.schemac("diff", "-q", "--exit-code", "--allow", "all", "--dialect",
                      "postgres", *files)
    if got.code == 0:
        return None
    said = [line for line in (got.out if got.code == 1 else got.err).splitlines()
            if line and not line.startswith(("--", "BEGIN", "COMMIT"))]
    return said[0] if said else f"exit code {got.code}"


def test_printed_equals_written(env):
    wrong, count = [], 0
    for number, row in enumerate(rows(env)):
        context, written = row["context"], row["written"]
        if (context, written) in NOT_TOLD:
            continue
        count += 1
        type_ = row["column_type_or_setting"]
        why = differs(env, str(number), declarations(context, type_, written),
                      declarations(context, type_, row["printed"]))
        if why:
            wrong.append(f"{context} {type_}: {written}  =>  {row['printed']}: {why}")
    (env.context.build / "normalisation.txt").write_text("\n".join(wrong) + "\n")
    env.check(count - len(wrong) >= REACHED,
              f"{count - len(wrong)} of {count}:\n" + "\n".join(wrong[:20]))
    return f"{count - len(wrong)} of {count}"
