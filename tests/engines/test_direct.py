"""One plan over the versions between (--direct): it ends where the way through each
version ends, with the same rows, or it is refused."""

import json

from pathlib import Path

from runner.databases import created, written
from runner.engines import load, params

every = load(Path(__file__).with_name("test_every_pair.py"))
systems = every.systems

WAYS = (("postgres", "--offline"), ("postgres", "--online"), ("sqlite", "--offline"))
SPANS = [("parking", "1.0.0", "1.3.0"), ("parking", "1.1.0", "1.3.0"),
         ("bookings", "1.9.0", "1.13.0"), ("bookings", "1.14.0", "1.18.0")]


@params(*[(dialect, way, span, down) for dialect, way in WAYS for span in SPANS
          for down in (False, True)])
def test_direct_is_the_path(env, dialect, way, span, down):
    name, *ends = span
    start, end = ends[::-1] if down else ends
    pair = [systems.source(name, v) for v in (start, end)]
    tables = {v: every.bookings.tables_of(systems.fresh_sqlite(env, name, v))
              for v in ends}
    database = every.filled_at(env, dialect, name, start)
    sql = env.ok("diff", "-q", "--direct", "--dialect", dialect, "--allow", "all", way,
                 *pair)
    env.equal(sql.count(f"-- {name}: from {start} to {end}"), 1, "one plan")
    env.equal(sql.count("-- " + name + ": from "), 1, "one plan, and no other")
    for path in database.copied():
        every.taken(env, path, dialect, way, pair)
        facts, rows = path.facts(), path.rows(tables[end])
    done = database.shell(sql)
    env.check(done.code == 0, done.story()[-3000:])
    env.equal(database.facts(), facts, "what the outside reader sees")
    after = database.rows(tables[end])
    env.check(any(after.values()), "there are no rows")
    env.equal(after, rows, "rows directly, and by way of each version")


# ---- what versions are made of ----

def versions(env, *bodies, whole=False):
    """Each but the first says what is another one since; `whole`: each says all."""
    (env.dir / "lot").mkdir()
    for at, body in enumerate(bodies, 1):
        extends = "" if at == 1 or whole else f"-- @extends {at - 1}.0.0\n"
        written(env, f"lot/{at}.0.0.sql", f"-- @schema lot\n{extends}{body}\n")
    return "lot@1.0.0", f"lot@{len(bodies)}.0.0"


FIRST = """\
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id bigint PRIMARY KEY, a text, n integer, m mood);
CREATE INDEX i ON t (a);
CREATE TABLE u (id bigint PRIMARY KEY, t_id bigint REFERENCES t (id));"""
ROWS = ("INSERT INTO t VALUES (1, 'x', 7, 'sad'), (2, NULL, NULL, 'ok');"
        "INSERT INTO u VALUES (5, 1);")

JOINED = {
    "names in chains": (
        "ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t RENAME TO t2;"
        "ALTER INDEX i RENAME TO j; ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';"
        "ALTER TYPE mood RENAME TO feeling;",
        "ALTER TABLE t2 RENAME COLUMN b TO c; ALTER TABLE t2 RENAME TO t3;"
        "ALTER INDEX j RENAME TO k; ALTER TYPE feeling RENAME VALUE 'blue' TO 'grey';"
        "ALTER TYPE feeling RENAME TO state;"),
    "a name that comes back": (
        "ALTER TABLE t RENAME COLUMN a TO b;", "ALTER TABLE t RENAME COLUMN b TO a;"),
    "what comes and goes": (
        "ALTER TABLE t ADD COLUMN d text NOT NULL DEFAULT 'd';"
        "CREATE TABLE v (id bigint PRIMARY KEY);",
        "ALTER TABLE t DROP COLUMN d; DROP TABLE v;"),
    "a new column that gets another name": (
        "ALTER TABLE t ADD COLUMN d text NOT NULL DEFAULT 'd';",
        "ALTER TABLE t RENAME COLUMN d TO e;"),
    "initial rows of both": (
        "CREATE TABLE v (id bigint PRIMARY KEY, w text); INSERT INTO v VALUES (1, 'a');",
        "INSERT INTO v VALUES (2, 'b'); ALTER TABLE v RENAME COLUMN w TO x;"),
    "one type each": (
        "ALTER TABLE t ALTER COLUMN n TYPE bigint;",
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'a';"
        "ALTER TABLE u ALTER COLUMN t_id SET DEFAULT 1;"),
}
# Values of the old row.
TRANSFORMED = {
    "a new column": (
        "ALTER TABLE t ADD COLUMN d text; -- @from a || '!'",
        "ALTER TABLE t ADD COLUMN e text;"),
    "a new column, of names in chains": (
        "ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t RENAME TO t2;",
        "ALTER TABLE t2 ADD COLUMN d text NOT NULL; -- @from coalesce(b, '-') || id\n"
        "ALTER TABLE t2 RENAME COLUMN b TO c;",
        "ALTER TABLE t2 RENAME COLUMN d TO e; ALTER TABLE t2 RENAME COLUMN n TO number;"
        "ALTER TABLE t2 RENAME TO t;"),
    "a column that gets its values later": (
        "ALTER TABLE t ADD COLUMN d integer;",
        "ALTER TABLE t ALTER COLUMN d TYPE bigint; -- @from n * 100"),
    "another type, there and back": (
        "ALTER TABLE t RENAME COLUMN n TO cents;",
        "ALTER TABLE t\n    -- @back cents / 1000\n"
        "    ALTER COLUMN cents TYPE bigint; -- @from cents * 1000",
        "ALTER TABLE t RENAME COLUMN cents TO mills;"),
    "values for those without": (
        "ALTER TABLE t ADD COLUMN d text DEFAULT 'd';",
        "ALTER TABLE t ALTER COLUMN n SET NOT NULL; -- @from coalesce(n, id * 100)"),
    "what goes, with its way back": (
        "ALTER TABLE t ADD COLUMN d text NOT NULL, -- @from coalesce(a, '-')\n"
        "    -- @back nullif(d, '-')\n    DROP COLUMN a;",
        "ALTER TABLE t RENAME COLUMN d TO e;"),
    "what comes with one, and goes": (
        "ALTER TABLE t ADD COLUMN d text; -- @from a || '!'",
        "ALTER TABLE t DROP COLUMN d; ALTER TABLE t ADD COLUMN e text;"),
}
# What is missing where a difference is to be seen: (bodies, what the message says).
APART = {
    "a data step": ("-- @migrate\nUPDATE t SET a = 'y' WHERE a IS NULL;\n-- @end\n", "",
                    "version 2.0.0: it has a data step"),
    "a transform of what is none of the oldest": (
        "ALTER TABLE t ADD COLUMN d text DEFAULT 'd';",
        "ALTER TABLE t ADD COLUMN e text; -- @from d || '!'",
        'version 3.0.0: it says how "e" is made of the old row, and "d" has another'
        " value, or none, at the other end"),
    "a transform of what changes": (
        "ALTER TABLE t ALTER COLUMN n TYPE text;",
        "ALTER TABLE t ADD COLUMN e text; -- @from n || '!'",
        'version 3.0.0: it says how "e" is made of the old row, and "n" has another'),
    "a transform, and another default": (
        "ALTER TABLE t ADD COLUMN d text; -- @from a || '!'",
        "ALTER TABLE t ALTER COLUMN d TYPE varchar(9);",
        'version 3.0.0: the values of "d" change a second time'),
    "a way back of what goes": (
        "ALTER TABLE t ADD COLUMN d text, -- @from a\n"
        "    -- @back d\n    DROP COLUMN a;",
        "ALTER TABLE t ADD COLUMN e text, -- @from d\n"
        "    -- @back e\n    DROP COLUMN d;",
        'version 2.0.0: it says how "a" is made of the old row, and "d" has another'),
    "NOT NULL that comes and goes": (
        "ALTER TABLE t ALTER COLUMN a SET NOT NULL; -- @from coalesce(a, '-')",
        "ALTER TABLE t ALTER COLUMN a DROP NOT NULL;",
        'version 2.0.0: it says how "a" is made of the old row, and NOT NULL comes and'
        " goes"),
    "a transform of initial rows": (
        "INSERT INTO t VALUES (9, 'nine', 9, 'ok');",
        "ALTER TABLE t ADD COLUMN d text; -- @from a || '!'",
        'version 3.0.0: it says how "d" is made of the old row, and "t" has got initial'
        " rows before"),
    "a type that changes twice": (
        "ALTER TABLE t ALTER COLUMN n TYPE smallint;",
        "ALTER TABLE t ALTER COLUMN n TYPE bigint;",
        'version 3.0.0: the values of "n" change a second time'),
    "another default": (
        "ALTER TABLE t ADD COLUMN d text DEFAULT 'd';",
        "ALTER TABLE t ALTER COLUMN d SET DEFAULT 'e';",
        'version 3.0.0: the values of "d" change a second time'),
    "a column that is made again": (
        "ALTER TABLE t DROP COLUMN a;", "ALTER TABLE t ADD COLUMN a text;",
        'version 3.0.0: column "a" is not the one that version 1.0.0 has'),
    "a table that is made again": (
        "DROP TABLE u;", "CREATE TABLE u (id bigint PRIMARY KEY, t_id bigint);",
        'version 3.0.0: table "u" is not the one that version 1.0.0 has'),
    "a name that passes on": (
        "ALTER TABLE t RENAME COLUMN a TO b;", "ALTER TABLE t ADD COLUMN a text;",
        'version 3.0.0: column "a" is not the one that version 1.0.0 has'),
    "a value that is made again": (
        "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
        "ALTER TYPE mood ADD VALUE 'sad';",
        'version 3.0.0: value "sad" is not the one that version 1.0.0 has'),
    "a label, and a column that leaves": (
        "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
        "ALTER TABLE t ALTER COLUMN m TYPE text;",
        'version 3.0.0: the values of "m" change a second time'),
    "an initial row with a default that changes": (
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'a'; INSERT INTO t (id) VALUES (9);",
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'b';",
        'version 3.0.0: the values of "a" change a second time'),
    "a computed column that stops": (
        "ALTER TABLE t ADD COLUMN g text GENERATED ALWAYS AS (a || '!') STORED;",
        "ALTER TABLE t ALTER COLUMN g DROP EXPRESSION;",
        'version 3.0.0: the values of "g" change a second time'),
}


# Versions that are said whole, for what no ALTER says: (versions, the message).
DOMAIN = ("CREATE DOMAIN small AS integer CHECK (VALUE > {});\n"
          "CREATE TABLE t (id bigint PRIMARY KEY, a small);")
PAIR = ("CREATE TYPE pair AS (\n{} integer);\n"
        "CREATE TABLE t (id bigint PRIMARY KEY, p pair);")
COMPUTED = "CREATE TABLE t (id bigint PRIMARY KEY, a {}, g bigint{});"
KINDS = "CREATE TABLE kind (id bigint PRIMARY KEY, name text);\n{}"
MAPPED = ("{}CREATE TYPE mood AS ENUM ({});\n"
          "CREATE TABLE t (id bigint PRIMARY KEY, m mood);")
ELSEWHERE = "{}CREATE SCHEMA {};\nCREATE TABLE {}.t (id bigint PRIMARY KEY);"
WHOLE = {
    "a domain that changes twice": (
        [DOMAIN.format(n) for n in (1, 2, 3)],
        'version 3.0.0: it changes "small" a second time'),
    "an attribute with another name": (
        [PAIR.format("a"), PAIR.format("-- @was a\nb"), PAIR.format("b")],
        'version 2.0.0: it renames an attribute of "pair"'),
    "a schema with another name": (
        [ELSEWHERE.format("", "far", "far"),
         ELSEWHERE.format("-- @was far\n", "off", "off"),
         ELSEWHERE.format("", "off", "off")],
        'version 2.0.0: it renames schema "far"'),
    "computed no more, of values that change": (
        [COMPUTED.format("integer", " GENERATED ALWAYS AS (a + 1) STORED"),
         COMPUTED.format("integer", ""), COMPUTED.format("smallint", "")],
        'version 2.0.0: "g" is computed no more, of values that change in 3.0.0'),
    "an initial row said otherwise": (
        [KINDS.format(""), KINDS.format("INSERT INTO kind VALUES (1, 'a'), (2, 'b');"),
         KINDS.format("INSERT INTO kind VALUES (1, 'a');")],
        'version 3.0.0: it does not say this initial row of "kind" any more'),
    "a value that is mapped, and comes back": (
        [MAPPED.format("", "'a', 'b'"),
         MAPPED.format("-- @map 'b' = 'a'\n", "'a'"), MAPPED.format("", "'a', 'b'")],
        'version 3.0.0: value "b" is not the one that version 1.0.0 has'),
}


class Twins:
    """Two databases of the first version with rows, on one engine."""

    def __init__(self, env, dialect, source, rows=ROWS):
        make = every.AT[dialect][0]
        self.one = object.__new__(make)
        self.one.env = env
        if dialect == "postgres":
            self.one.url = created(env, source)
        else:
            self.one.path = env.dir / "app.db"
            env.sqlite_script(self.one.path,
                              env.ok("ddl", "-q", "--dialect", dialect, source))
        self.one.run(rows)


@params(*[(dialect, name) for dialect in every.AT for name in JOINED])
def test_joined(env, dialect, name):
    pair = versions(env, FIRST, *JOINED[name])
    database = Twins(env, dialect, pair[0]).one
    before = database.ask("SELECT id, a, n, m FROM t ORDER BY id")
    env.equal(len(before), 2, "rows")
    for path in database.copied():
        every.taken(env, path, dialect, "-q", pair)
        facts = path.facts()
        rows = all_rows(env, path, dialect)
    sql = env.ok("diff", "-q", "--direct", "--dialect", dialect, *pair)
    done = database.shell(sql)
    env.check(done.code == 0, done.story()[-3000:])
    env.check("DROP COLUMN" not in sql, sql)
    env.check(dialect == "sqlite" or "DROP INDEX" not in sql, sql)
    env.equal(database.facts(), facts, "what the outside reader sees")
    env.equal(all_rows(env, database, dialect), rows, "rows")
    back = env.ok("diff", "-q", "--direct", "--down", "--dialect", dialect, "--allow",
                  "all", *pair)
    done = database.shell(back)
    env.check(done.code == 0, done.story()[-3000:])
    env.equal(database.ask("SELECT id, a, n, m FROM t ORDER BY id"),
              before, "back again")


@params(*[(dialect, way, name) for dialect, way in WAYS for name in TRANSFORMED])
def test_transformed(env, dialect, way, name):
    """Up and down again: as by way of each version, whatever that gives back."""
    pair = versions(env, FIRST, *TRANSFORMED[name])
    how = ("diff", "-q", way, "--dialect", dialect, "--allow", "all")
    database = Twins(env, dialect, pair[0]).one
    seen = []
    for path in database.copied():
        for road in (), ("--down",):
            run(env, path, env.ok(*how, *road, *pair))
            seen.append((path.facts(), all_rows(env, path, dialect)))
    for road in (), ("--down",):
        sql = env.ok(*how, "--direct", *road, *pair)
        env.equal(sql.count("-- lot: from "), 1, "one plan")
        run(env, database, sql)
        facts, rows = seen.pop(0)
        env.equal(database.facts(), facts, "what the outside reader sees")
        env.equal(all_rows(env, database, dialect), rows, "rows")


MAPS = {
    "one version maps": (("'sad', 'ok', 'low'", ""), ("'sad', 'ok'", "'low' = 'sad'"),
                         ("'sad', 'ok', 'new'", "")),
    "one after the other": (("'sad', 'ok', 'low'", ""),
                            ("'sad', 'ok'", "'low' = 'sad'"), ("'ok'", "'sad' = 'ok'")),
    "with another name behind it": (
        ("'sad', 'ok', 'low'", ""), ("'sad', 'ok'", "'low' = 'sad'"),
        ("\n-- @was sad\n'blue', 'ok'", "")),
    "said on, and moved": (
        ("'sad', 'ok', 'low'", ""), ("'sad', 'ok'", "'low' = 'ok'"),
        ("'ok', 'sad'", "'low' = 'sad'")),
}


@params(*[(dialect, way, name) for dialect, way in WAYS for name in MAPS])
def test_mapped(env, dialect, way, name):
    pair = versions(env, *[MAPPED.format(f"-- @map {maps}\n" if maps else "", values)
                           for values, maps in MAPS[name]], whole=True)
    how = ("diff", "-q", way, "--dialect", dialect, "--allow", "all")
    database = Twins(env, dialect, pair[0],
                     "INSERT INTO t VALUES (1, 'sad'), (2, 'ok'), (3, 'low');").one
    for path in database.copied():
        run(env, path, env.ok(*how, *pair))
        facts, rows = path.facts(), all_rows(env, path, dialect)
    run(env, database, env.ok(*how, "--direct", *pair))
    env.equal(database.facts(), facts, "what the outside reader sees")
    env.equal(all_rows(env, database, dialect), rows, "rows")


def run(env, database, sql):
    done = database.shell(sql)
    env.check(done.code == 0, done.story()[-3000:])


def all_rows(env, database, dialect):
    tables = {"postgres": "SELECT quote_ident(tablename) || ' AS x' FROM pg_tables"
                          " WHERE schemaname = 'public' AND tablename !~ '^schemac'",
              "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'"}[dialect]
    found = {t: database.ask(f"SELECT * FROM {t} ORDER BY 1")
             for t in database.ask(tables)}
    env.check(any(found.values()), "there are no rows")
    return found


@params(*APART)
def test_apart(env, name):
    """Refused with the place, and what to do; the way through each version is there."""
    *bodies, why = APART[name]
    pair = versions(env, FIRST, *bodies)
    for dialect in every.AT:
        done = env.schemac("diff", "-q", "--direct", "--dialect", dialect, *pair)
        env.equal((done.code, done.out), (2, ""), done.story())
        env.check(f"error[S0707]: one plan cannot go over {why}" in done.err,
                  done.story())
        env.check("leave out --direct" in done.err, done.story())
        env.ok("diff", "-q", "--dialect", dialect, "--allow", "all", *pair)


@params(*WHOLE)
def test_whole_versions_apart(env, name):
    bodies, why = WHOLE[name]
    pair = versions(env, *bodies, whole=True)
    done = env.schemac("diff", "-q", "--direct", "--dialect", "postgres", *pair)
    env.equal((done.code, done.out), (2, ""), done.story())
    env.check(f"error[S0707]: one plan cannot go over {why}" in done.err, done.story())
    env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", *pair)


def test_neighbours_and_files(env):
    """Nothing is between them: --direct asks for what there is anyway."""
    first, _ = versions(env, FIRST, "ALTER TABLE t ADD COLUMN d text;")
    pair = first, "lot@2.0.0"
    how = ("diff", "-q", "--dialect", "sqlite", "--allow", "all")
    for one in (pair, pair[::-1], ("lot/1.0.0.sql", first)):
        env.equal(env.ok(*how, "--direct", *one), env.ok(*how, *one), one)


def test_the_document(env):
    """Both ways in one part, with the label of the way back."""
    pair = versions(env, FIRST, *JOINED["names in chains"])
    found = json.loads(env.ok("plan", "-q", "--direct", "--format", "json", "--dialect",
                              "postgres", *pair))
    env.equal([(p["from"], p["to"], p["label"]) for p in found["plans"]],
              [("1.0.0", "3.0.0", "lossless")], "plans")
    text = env.ok("plan", "-q", "--direct", "--format", "markdown", "--dialect",
                  "postgres", *pair)
    env.check("from 1.0.0 to 3.0.0" in text and "2.0.0" not in text, text)
