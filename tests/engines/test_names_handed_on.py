"""A name that a type had and a table or view takes, or the other way round, in one
version.  The server has one namespace for both, as each table and view has a type for its
rows: whoever has the name is out of the way before the other takes it, up and down.
"""

from runner.databases import created, psql, written
from runner.engines import params

# Each is made, and is told what it was.
TYPES = {
    "enum": "CREATE TYPE {} AS ENUM ('x', 'y');",
    "domain": "CREATE DOMAIN {} AS text CHECK (VALUE <> 'z');",
    "composite": "CREATE TYPE {} AS (x integer, y text);",
    "range": "CREATE TYPE {} AS RANGE (subtype = integer);",
}
VALUES = {"enum": "'y'", "domain": "'y'", "composite": "'(1,y)'", "range": "'[1,3)'"}
RELATIONS = {
    "table": "CREATE TABLE {} (id integer PRIMARY KEY, v text NOT NULL);",
    "view": "CREATE VIEW {} AS SELECT id FROM base;",
    "materialized view": "CREATE MATERIALIZED VIEW {} AS SELECT id FROM base;",
}
WAYS = ("--offline", "--online")


def said(create, name, was=None):
    """A statement, below the name that it had."""
    return (f"-- @was {was}\n" if was else "") + create.format(name) + "\n"


def base(of_type):
    """A table with rows, and with a column of the type where it is on both sides."""
    return f"CREATE TABLE base (id integer PRIMARY KEY, c {of_type or 'text'});\n"


def rows_of(url, env, tables):
    return {t: psql(env, url, f"SELECT * FROM {t} ORDER BY id") for t in tables}


def there_and_back(env, pair, rows, kept, way):
    """`kept`: the tables whose rows stay, by the names before and after."""
    files = [written(env, f"{name}.sql", text)
             for name, text in zip(("old", "new"), pair)]
    url = created(env, files[0])
    psql(env, url, rows)
    before = rows_of(url, env, kept)
    for args, end, names in (((), files[1], kept.values()),
                             (("--down",), files[0], kept.keys())):
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *files))
        env.same_schema(url, created(env, end), column_order=False)
        env.equal(env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", url, end),
                  "", "a second diff")
        env.equal(list(rows_of(url, env, names).values()), list(before.values()), "rows")


# (how the type goes, how the relation comes): a name handed on; read from behind, too.
HANDED_ON = [(t, r, goes, comes, way) for way in WAYS for t in TYPES for r in RELATIONS
             for goes in ("dropped", "renamed") for comes in ("created", "renamed")
             if r == "table" or comes == "created"]


def handed_on(kind, relation, goes, comes):
    """The two versions; which tables are kept; the rows of the first."""
    create, other = TYPES[kind], RELATIONS[relation]
    old = base("swap") + said(create, "swap")
    new = base("moved" if goes == "renamed" else "text")
    kept = {"base": "base"}
    rows = f"INSERT INTO base VALUES (1, {VALUES[kind]}), (2, NULL);\n"
    if goes == "renamed":
        new += said(create, "moved", "swap")
    if comes == "renamed":
        old += said(other, "other")
        new += said(other, "swap", "other")
        kept["other"] = "swap"
        rows += "INSERT INTO other VALUES (1, 'a'), (2, 'b');\n"
    else:
        new += said(other, "swap")
    return old, new, rows, kept


@params(*HANDED_ON)
def test_from_a_type(env, kind, relation, goes, comes, way):
    old, new, rows, kept = handed_on(kind, relation, goes, comes)
    there_and_back(env, (old, new), rows, kept, way)


@params(*HANDED_ON)
def test_from_a_relation(env, kind, relation, comes, goes, way):
    """The same read from behind: the table goes, with rows, or gets another name."""
    create, other = TYPES[kind], RELATIONS[relation]
    old = base("before" if comes == "renamed" else "text") + said(other, "swap")
    new = base("swap")
    kept = {"base": "base"}
    rows = f"INSERT INTO base VALUES (1, {VALUES[kind]}), (2, NULL);\n"
    if relation == "table":
        rows += "INSERT INTO swap VALUES (1, 'a'), (2, 'b');\n"
    if comes == "renamed":
        old += said(create, "before")
    new += said(create, "swap", "before" if comes == "renamed" else None)
    if goes == "renamed":
        new += said(other, "away", "swap")
        kept["swap"] = "away"
    there_and_back(env, (old, new), rows, kept, way)


# ---- several at once ----

# The names in each, of the old side and the new; a table has a column of the first type.
MANY = {
    "a swap": (("type", "a", "b"), ("table", "b", "a")),
    "a chain of types first": (("type", "a", "b"), ("table", "b", "c"),
                               ("type", "c", "d"), ("table", "d", "e")),
    "a chain of tables first": (("table", "a", "b"), ("type", "b", "c"),
                                ("table", "c", "d"), ("type", "d", "e")),
    "a chain whose end goes": (("type", "a", "b"), ("table", "b", "c"),
                               ("type", "c", None), ("table", None, "d")),
    "a chain whose end is a table that goes": (
        ("table", "a", "b"), ("type", "b", "c"), ("table", "c", None),
        ("type", None, "a")),
    "a circle of four": (("type", "a", "b"), ("table", "b", "c"),
                         ("type", "c", "d"), ("table", "d", "a")),
    "two of each, crossed": (("type", "a", "b"), ("table", "b", "a"),
                             ("type", "c", "d"), ("table", "d", "c")),
    "types that swap": (("type", "a", "b"), ("type", "b", "a"), ("table", "t", "t")),
    "a chain of types": (("type", "a", "b"), ("type", "b", "c"), ("type", "c", None),
                         ("table", None, "a")),
}


def many(names, kinds):
    sides, rows, kept = ["", ""], "", {"base": "base"}
    left, columns = list(kinds), ([], [])
    for what, *ends in names:
        kind = None if what == "table" else left.pop(0)
        for i, name in enumerate(ends):
            was = ends[0] if i == 1 and ends[0] != name else None
            if name is None:
                continue
            sides[i] += said(RELATIONS["table"] if what == "table" else TYPES[kind],
                             name, was)
            if kind is not None and None not in ends:
                columns[i].append((f"c_{ends[0]}", name, VALUES[kind]))
        if what == "table" and ends[0] is not None:
            rows += f"INSERT INTO {ends[0]} VALUES (1, 'of {ends[0]}');\n"
            if ends[1] is not None:
                kept[ends[0]] = ends[1]
    for i, side in enumerate(columns):
        sides[i] += ("CREATE TABLE base (id integer PRIMARY KEY"
                     + "".join(f", {column} {name}" for column, name, _ in side) + ");\n")
    rows += f"INSERT INTO base VALUES ({', '.join(['1'] + [v for *_, v in columns[0]])});"
    return sides, rows, kept


# A range does not become a composite type: for the first two of these kinds only.
OF_TYPES_ALONE = ("types that swap", "a chain of types")


@params(*((name, WAYS[first % 2], first) for name in MANY for first in range(4)
          if name not in OF_TYPES_ALONE or first in (0, 3)))
def test_many_at_once(env, name, way, first):
    kinds = [list(TYPES)[(first + i) % 4] for i in range(4)]
    pair, rows, kept = many(MANY[name], kinds)
    there_and_back(env, pair, rows, kept, way)


# ---- what stands on a table that goes, and whose name it is ----

WHOLE = """CREATE TABLE whole (id integer NOT NULL, k integer) PARTITION BY LIST (k);
CREATE TABLE whole_1 PARTITION OF whole FOR VALUES IN (1);
"""
BEFORE = WHOLE + """CREATE TABLE gone PARTITION OF whole FOR VALUES IN (2);
CREATE TABLE mood (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    up integer REFERENCES mood (id), n text UNIQUE CHECK (n <> ''));
CREATE INDEX mood_n ON mood (n);
CREATE TABLE base (id serial PRIMARY KEY, mood integer REFERENCES mood (id), c text);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER noted BEFORE INSERT ON mood FOR EACH ROW EXECUTE FUNCTION noted();
CREATE VIEW v AS SELECT n FROM mood;
CREATE FUNCTION one(m mood) RETURNS text LANGUAGE sql AS 'SELECT m.n';
CREATE SEQUENCE q;
CREATE TABLE r (id integer CONSTRAINT pair PRIMARY KEY);
CREATE TABLE xmultirange (id integer);
CREATE TABLE s (id integer CONSTRAINT pair2 UNIQUE, x integer);
CREATE INDEX pair3 ON s (x);
"""
AFTER = WHOLE + """CREATE TYPE gone AS ENUM ('x');
CREATE TYPE mood AS ENUM ('x', 'y');
CREATE TABLE base (id serial PRIMARY KEY, mood integer, c mood DEFAULT 'x');
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TYPE q AS (x integer);
CREATE TYPE pair AS (x integer);
CREATE TYPE pair2 AS (x integer);
CREATE TYPE pair3 AS (x integer);
CREATE TYPE xrange AS RANGE (subtype = integer);
CREATE TABLE s (id integer, x integer);
"""


@params(*WAYS)
def test_what_stands_on_it(env, way):
    rows = """INSERT INTO mood (n) VALUES ('a'), ('b');
        INSERT INTO base (c) VALUES ('x'), (NULL);
        INSERT INTO whole VALUES (1, 1), (2, 2);
        INSERT INTO s VALUES (1, 2); INSERT INTO xmultirange VALUES (3);"""
    there_and_back(env, (BEFORE, AFTER), rows, {"base": "base", "s": "s"}, way)


# Of what is kept whole, or counts, and of another schema.
OTHERS = {
    "foreign tables and sequences": ("""CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER sv FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE ft (x integer) SERVER sv;
CREATE TYPE f2 AS ENUM ('x');
CREATE TYPE q AS ENUM ('x');
CREATE SEQUENCE q2;
CREATE SEQUENCE q3;
CREATE TABLE base (id integer PRIMARY KEY, c f2, d q);
""", """CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER sv FOREIGN DATA WRAPPER w;
CREATE TYPE ft AS ENUM ('x');
CREATE FOREIGN TABLE f2 (x integer) SERVER sv;
CREATE SEQUENCE q;
CREATE TABLE q2 (id integer);
CREATE VIEW q3 AS SELECT id FROM base;
CREATE TABLE base (id integer PRIMARY KEY, c text, d ft);
""", {"base": "base"}),
    "another schema": ("""CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('x');
CREATE TABLE base (id integer PRIMARY KEY, c app.mood, d text DEFAULT 'x');
""", """CREATE SCHEMA app;
-- @was public.base
CREATE TABLE app.mood (id integer PRIMARY KEY, c app.kind, d text DEFAULT 'x');
-- @was mood
CREATE TYPE app.kind AS ENUM ('x');
""", {"base": "app.mood"}),
}


@params(*((name, way) for name in OTHERS for way in WAYS))
def test_others(env, name, way):
    *pair, kept = OTHERS[name]
    rows = "INSERT INTO base VALUES (1, 'x', 'x'), (2, NULL, 'x')"
    there_and_back(env, pair, rows, kept, way)


VERSIONS = """CREATE TABLE base (id integer PRIMARY KEY, c text);
CREATE TABLE mood (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    n text UNIQUE);
CREATE TABLE kind (id integer PRIMARY KEY, m text);
CREATE TABLE part (id integer PRIMARY KEY, m integer REFERENCES mood (id));
""", """CREATE TYPE mood AS ENUM ('x', 'y');
CREATE DOMAIN kind AS text;
CREATE TYPE part AS (x integer);
CREATE TABLE base (id integer PRIMARY KEY, c mood);
"""


def versions(env, *texts):
    folder = env.dir / "shop"
    folder.mkdir(exist_ok=True)
    for i, text in enumerate(texts):
        (folder / f"1.{i}.0.sql").write_text(text)
    return folder


@params(*WAYS)
def test_kept(env, way):
    """A table that is parked goes to its side table from the name that it has by then."""
    folder, url = versions(env, *VERSIONS), env.postgres()

    def migrate(*words):
        env.ok("migrate", "-q", *words, way, "--allow", "all", "--database", url, folder)

    migrate("to", "1.0.0")
    psql(env, url, """INSERT INTO base VALUES (1, 'x');
        INSERT INTO mood (n) VALUES ('a'), ('b'); INSERT INTO kind VALUES (1, 'q');
        INSERT INTO part VALUES (1, 2)""")
    before = rows_of(url, env, ("base", "mood", "kind", "part"))
    migrate("up", "--keep")
    env.equal(psql(env, url, "SELECT CAST('y' AS mood), c FROM base"), "y|x\n", "rows")
    migrate("to", "1.0.0", "--keep")
    env.equal(rows_of(url, env, before), before, "rows")


def test_a_data_step(env):
    """It runs when the name is the type's."""
    step = "-- @migrate\nINSERT INTO base SELECT id, n FROM {};\n-- @end\n"
    url = env.postgres()
    old = VERSIONS[0] + "CREATE TABLE other (id integer PRIMARY KEY, n text);\n"
    new = VERSIONS[1] + "CREATE TABLE other (id integer PRIMARY KEY, n text);\n"
    new = new.replace("c mood", "c text")
    folder = versions(env, old, new + step.format("mood"))
    done = env.schemac("diff", "--dialect", "postgres", f"{folder}@1.0.0",
                       f"{folder}@1.1.0")
    env.check(done.code != 0 and "cannot drop table mood: another object takes its name"
              in done.err, done.story())
    versions(env, old, new + step.format("other"))
    for version in ("1.0.0", "1.1.0"):
        if version == "1.1.0":
            psql(env, url, "INSERT INTO other VALUES (7, 'x')")
        env.ok("migrate", "-q", "to", version, "--allow", "all", "--database", url,
               folder)
    env.equal(psql(env, url, "SELECT * FROM base"), "7|x\n", "rows")


def test_values_of_a_new_column(env):
    pair = (written(env, "old.sql", "CREATE TABLE t (id integer PRIMARY KEY);\n"
                    "CREATE TABLE m (id integer PRIMARY KEY, n text);\n"),
            written(env, "new.sql", "CREATE TABLE t (id integer PRIMARY KEY,\n"
                    "-- @from (SELECT max(n) FROM m)\nx text);\n"
                    "CREATE TYPE m AS ENUM ('x');\n"))
    done = env.schemac("diff", "--dialect", "postgres", "--allow", "all", *pair)
    env.check(done.code != 0 and "a data step of the same version says it" in done.err,
              done.story())


def test_rows_as_types(env):
    """A routine of the rows would be one of the type, and is neither renamed nor gone."""
    routine = "CREATE FUNCTION one(a m) RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
    pair = (written(env, "old.sql", "CREATE TABLE m (x integer);\n" + routine),
            written(env, "new.sql", "CREATE TYPE m AS ENUM ('x');\n" + routine))
    done = env.schemac("diff", "--dialect", "postgres", "--allow", "all", *pair)
    env.check(done.code != 0 and 'function "one" takes or gives rows' in done.err,
              done.story())
