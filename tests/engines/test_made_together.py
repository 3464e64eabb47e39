"""What a version makes and uses at once: types, domains, routines, collations,
extensions, beside rules over rows that are there.  Nothing is asked or dropped by a name
that is not there at that moment, and what the server makes of the words is what is
declared.
"""

from runner.databases import created, psql, written
from runner.engines import params

TABLE = "CREATE TABLE t (id integer PRIMARY KEY, name {}, n integer{});\n"
ROWS = "INSERT INTO t (id, name, n) VALUES (1, 'a', 1), (2, 'B', 2), (3, NULL, NULL)"
COLLATION = ("CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2',"
             " deterministic = false);\n")
ROUTINE = ("CREATE FUNCTION {} RETURNS boolean LANGUAGE sql IMMUTABLE"
           " AS $$ SELECT true $$;\n")
KINDS = "CREATE TYPE kind AS ENUM ('a', 'B', 'c');\n"


def table(more="", name="text"):
    return TABLE.format(name, more)


# name: (before, after)
TOGETHER = {
    "a domain": (table(), "CREATE DOMAIN pos AS integer DEFAULT 3 CHECK (VALUE > 0);\n"
                 + table(", p pos NOT NULL DEFAULT 5, CONSTRAINT c CHECK (p > 1)")),
    "an extension's type": (
        table(), "CREATE EXTENSION citext;\n"
        + table(", c citext NOT NULL DEFAULT 'x'::citext,"
                " CONSTRAINT k CHECK (c <> 'Y'::citext), CONSTRAINT l CHECK (c <> 'Z')")
        + "CREATE UNIQUE INDEX u ON t (c, id);"),
    "an extension's type for a column that is there": (
        table(), "CREATE EXTENSION citext;\n"
        + table(", CONSTRAINT k CHECK (name::citext <> 'Y'::citext)", name="citext")
        + "CREATE UNIQUE INDEX u ON t (name);"),
    "an extension's functions": (
        table(), "CREATE EXTENSION pg_trgm;\n"
        + table(", CONSTRAINT k CHECK (similarity(name, 'zzz') < 1),"
                " CONSTRAINT l CHECK (NOT name % 'zzz')")
        + "CREATE INDEX g ON t USING gin (name gin_trgm_ops);"),
    "a schema with a type": (
        table(), "CREATE SCHEMA app; CREATE TYPE app.kind AS ENUM ('a', 'b');\n"
        + table(", k app.kind NOT NULL DEFAULT 'a'::app.kind,"
                " CONSTRAINT c CHECK (k <> 'b'::app.kind OR n > 0)")
        + "CREATE UNIQUE INDEX u ON t (id) WHERE k = 'a'::app.kind;"),
    "a routine": (
        table(), ROUTINE.format("ok(x integer)")
        + table(", CONSTRAINT c CHECK (ok(n))")
        + "CREATE UNIQUE INDEX u ON t (id) WHERE ok(n);"),
    "a routine of another name": (
        ROUTINE.format("ok(x integer)") + table()
        + "CREATE INDEX u ON t (id) WHERE ok(n);",
        ROUTINE.format("fine(x integer)") + table()
        + "CREATE INDEX u ON t (id) WHERE fine(n);"),
    "a routine with other arguments": (
        ROUTINE.format("ok(x integer)") + table()
        + "CREATE INDEX u ON t (id) WHERE ok(n);",
        ROUTINE.format("ok(x integer, y integer)") + table()
        + "CREATE INDEX u ON t (id) WHERE ok(n, 0);"),
    "a collation": (
        table(), COLLATION + table(", CONSTRAINT c CHECK (name COLLATE ci <> 'zz')")
        + "CREATE UNIQUE INDEX u ON t (name COLLATE ci);"),
    "a collation of a column": (
        table(), COLLATION + table(", UNIQUE (name)", name="text COLLATE ci")),
    "an enum for a column that is there": (
        table(), KINDS
        + table(", CONSTRAINT c CHECK (name IN ('a'::kind, 'B'::kind))", name="kind")
        + "CREATE UNIQUE INDEX u ON t (name) WHERE name <> 'c'::kind;"),
    "values of an enum": (
        KINDS.replace(", 'c'", "") + table(name="kind"),
        KINDS + table(", k kind NOT NULL DEFAULT 'c', CONSTRAINT c CHECK"
                      " (name <> 'c'::kind), CONSTRAINT d CHECK (k >= 'B'::kind)",
                      name="kind")
        + "CREATE UNIQUE INDEX u ON t (id) WHERE name <> 'c'::kind;"),
    "a generated column over an enum": (
        table(), KINDS
        + table(", k kind NOT NULL DEFAULT 'a', g boolean GENERATED ALWAYS AS"
                " (k = 'a'::kind) STORED, CONSTRAINT c CHECK (g OR n > 0)")
        + "CREATE UNIQUE INDEX u ON t (id, g);"),
    "a range": (
        table(), "CREATE TYPE stretch AS RANGE (subtype = integer);\n"
        + table(", s stretch NOT NULL DEFAULT '[1,3)', CONSTRAINT c CHECK (lower(s) < 9),"
                " CONSTRAINT d CHECK (NOT isempty(s))")),
    "citext that is there": (
        "CREATE EXTENSION citext;\n" + table(),
        "CREATE EXTENSION citext;\n"
        + table(", c citext DEFAULT 'A', CONSTRAINT k CHECK (c = 'a')")),
    "a domain over an enum": (
        table(), KINDS + "CREATE DOMAIN few AS kind CHECK (VALUE <> 'c'::kind);\n"
        + table(", k few NOT NULL DEFAULT 'a'::kind")),
    "what takes an enum": (
        table(), KINDS + "CREATE FUNCTION most(a kind, b kind) RETURNS kind LANGUAGE sql"
        " IMMUTABLE AS 'SELECT greatest(a, b)';\n"
        "CREATE AGGREGATE most (kind) (SFUNC = most, STYPE = kind);\n" + table()),
    "arrays of an enum": (
        table(), KINDS + table(", k kind[] NOT NULL DEFAULT '{a}'::kind[],"
                               " CONSTRAINT c CHECK (k <> '{}'::kind[])")),
    "a table of what there is": (
        table(), KINDS + "CREATE TABLE l (k kind PRIMARY KEY);\n"
        "INSERT INTO l VALUES ('a'), ('B');\n"
        + table(", k kind NOT NULL DEFAULT 'a'::kind REFERENCES l (k)")),
}


@params(*((name, way) for name in TOGETHER for way in ("--offline", "--online")))
def test_together(env, name, way):
    old, new = TOGETHER[name]
    pair = written(env, "old.sql", old), written(env, "new.sql", new)
    url = created(env, pair[0])
    psql(env, url, ROWS)
    for args, end in (((), pair[1]), (("--down",), pair[0])):
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *pair))
        env.same_schema(url, created(env, end), column_order=False)
        env.equal(env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", url, end),
                  "", "a second diff")
        env.equal(psql(env, url, "SELECT id, name, n FROM t ORDER BY id"),
                  "1|a|1\n2|B|2\n3||\n", "rows")
