"""A table and a type of one name, or a key and a table: what the server refuses is
refused before, and nothing else.  Whichever of two declarations comes second is the one
that the server refuses, so both orders are tried.
"""

from runner.databases import created, loaded, psql, try_psql, written
from runner.engines import params

BASE = """CREATE TABLE base (x integer);
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
"""
RELATIONS = {
    "TABLE": "CREATE TABLE {} (x integer)",
    "VIEW": "CREATE VIEW {} AS SELECT x FROM base",
    "MATERIALIZED VIEW": "CREATE MATERIALIZED VIEW {} AS SELECT x FROM base",
    "FOREIGN TABLE": "CREATE FOREIGN TABLE {} (x integer) SERVER s",
    "SEQUENCE": "CREATE SEQUENCE {}",
    "INDEX": "CREATE INDEX {} ON base (x)",
}
TYPES = {
    "enum": ("TYPE", "CREATE TYPE {} AS ENUM ('x')"),
    "domain": ("DOMAIN", "CREATE DOMAIN {} AS integer"),
    "composite": ("TYPE", "CREATE TYPE {} AS (x integer)"),
    "range": ("TYPE", "CREATE TYPE {} AS RANGE (subtype = integer)"),
}
# A table, and the name of a type that another one has or that the server makes with it.
NEIGHBOURS = {
    "its array": ("TABLE", "a", "enum", "_a", False),
    "the array of the type": ("TABLE", "_a", "enum", "a", False),
    "several ranges": ("TABLE", "amultirange", "range", "arange", True),
    "an index and several ranges": ("INDEX", "amultirange", "range", "arange", False),
}


def server_takes(env, url, *statements):
    done = try_psql(env, url, f"BEGIN;\n{BASE}" + ";\n".join(statements) + ";\nROLLBACK;")
    env.check(done.code == 0 or "already exists" in done.err, done.story())
    return done.code == 0


def check_takes(env, *statements, head=""):
    done = env.schemac("check", written(env, "said.sql",
                                        head + BASE + ";\n".join(statements) + ";\n"))
    env.check(done.code == 0 or "error[S0301]" in done.err, done.story())
    return done.code == 0


@params(*RELATIONS)
def test_declared(env, relation):
    """They have no order: what the server refuses in one is refused in both."""
    url, count = env.postgres(), 0
    for kind, (_, create) in TYPES.items():
        pair = [RELATIONS[relation].format("a"), create.format("a")]
        takes = server_takes(env, url, *pair) and server_takes(env, url, *pair[::-1])
        for order in (pair, pair[::-1]):
            env.equal(check_takes(env, *order), takes, f"{relation} beside {kind}")
        count += not takes
        if takes:
            created(env, env.dir / "said.sql")
    env.equal(count, 1 if relation == "INDEX" else 4, "refused")


@params(*RELATIONS)
def test_renamed(env, relation):
    """By a later version, which renames the one or the other."""
    url = env.postgres()
    folder = env.dir / "shop"
    folder.mkdir()
    for kind, (word, create) in TYPES.items():
        first = [RELATIONS[relation].format("a"), create.format("b")]
        (folder / "1.0.0.sql").write_text(BASE + ";\n".join(first) + ";\n")
        for rename in (f"ALTER {relation} a RENAME TO b", f"ALTER {word} b RENAME TO a"):
            if relation == "SEQUENCE" and kind != "composite":
                takes = False  # a rename is all that the server takes
            elif relation == "FOREIGN TABLE" and rename.startswith("ALTER FOREIGN"):
                continue  # a definition that is kept whole has no new name
            else:
                takes = server_takes(env, url, *first, rename)
            (folder / "1.1.0.sql").write_text(f"-- @extends 1.0.0\n{rename};\n")
            done = env.schemac("check", folder)
            env.equal(done.code == 0, takes, done.story())
            env.check(takes or "1.1.0.sql:2:" in done.err, done.story())


@params(*NEIGHBOURS)
def test_neighbours(env, name):
    relation, table, kind, other, is_refused = NEIGHBOURS[name]
    pair = [RELATIONS[relation].format(table), TYPES[kind][1].format(other)]
    url = env.postgres()
    for order in (pair, pair[::-1]):
        env.equal(server_takes(env, url, *order), not is_refused, "the server")
        env.equal(check_takes(env, *order), not is_refused, "check")


def test_a_sequence_that_came_first_is_described(env):
    """The server has such databases, although it does not load its own dumps of them."""
    url = loaded(env, "CREATE SEQUENCE a; CREATE TYPE a AS ENUM ('x');")
    said = written(env, "said.sql", env.ok("describe", "-q", url))
    env.equal(env.ok("diff", "-q", "--exit-code", url, said), "", "no difference")
    psql(env, url, "SELECT nextval('a'), CAST('x' AS a)")


# ---- keys, each of which has an index by its name ----

KEYS = {
    "PRIMARY KEY": "PRIMARY KEY (x)",
    "UNIQUE": "UNIQUE (x)",
    "EXCLUDE": "EXCLUDE USING btree (x WITH =)",
    "CHECK": "CHECK (x > 0)",
}
BESIDE_KEYS = {**RELATIONS, **{kind: create for kind, (_, create) in TYPES.items()},
               "key": "CREATE TABLE other (x integer CONSTRAINT {} UNIQUE)"}
HEAD = "-- @dialect postgres\n"


@params(*KEYS)
def test_keys(env, key):
    """In the server's own terms they are refused; a neutral key lives in its table and
    has another name there."""
    url, count = env.postgres(), 0
    for relation, create in BESIDE_KEYS.items():
        pair = [f"CREATE TABLE t (x integer, CONSTRAINT a {KEYS[key]})",
                create.format("a")]
        takes = server_takes(env, url, *pair)
        env.equal(server_takes(env, url, *pair[::-1]), takes, "the order")
        for order in (pair, pair[::-1]):
            env.equal(check_takes(env, *order, head=HEAD), takes, f"{key} {relation}")
        count += not takes
        env.check(check_takes(env, *pair), "neutral")
        no_difference(env, created(env, env.dir / "said.sql"), env.dir / "said.sql")
    env.equal(count, 0 if key == "CHECK" else 8, "refused")


def no_difference(env, url, source):
    env.equal(env.ok("diff", "-q", "--exit-code", url, source), "", "no difference")


def test_a_key_of_a_version_before(env):
    """It is said at what comes beside it."""
    folder = env.dir / "shop"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text(
        HEAD + "CREATE TABLE t (x integer CONSTRAINT a UNIQUE);\n"
        "CREATE TABLE u (x text);\n")
    for statement in ("CREATE TABLE a (x integer)", "ALTER TABLE u RENAME TO a",
                      "ALTER TABLE u ADD CONSTRAINT a UNIQUE (x)"):
        (folder / "1.1.0.sql").write_text(f"-- @extends 1.0.0\n{statement};\n")
        done = env.schemac("check", folder)
        env.check(done.code == 2 and "error[S0301]" in done.err, done.story())


# ---- names that nobody wrote ----

# Each is a table `a` and something that has a name which the server would give.
UNSAID = {
    "the key and a table": ("x integer UNIQUE", "CREATE TABLE a_x_key (x integer)"),
    "the primary key and a table": ("x integer PRIMARY KEY",
                                    "CREATE TABLE a_pkey (x integer)"),
    "the primary key and a view": ("x integer PRIMARY KEY",
                                   "CREATE VIEW a_pkey AS SELECT x FROM a"),
    "the primary key and a composite type": ("x integer PRIMARY KEY",
                                             "CREATE TYPE a_pkey AS (x integer)"),
    "the primary key and an enum": ("x integer PRIMARY KEY",
                                    "CREATE TYPE a_pkey AS ENUM ('x')"),
    "the primary key and a sequence": ("x integer PRIMARY KEY", "CREATE SEQUENCE a_pkey"),
}
COUNTING = {"serial": "x serial", "identity":
            "x integer GENERATED BY DEFAULT AS IDENTITY (START WITH 1)"}
for _name, _column in COUNTING.items():
    for _other, _create in {**RELATIONS, **{k: c for k, (_, c) in TYPES.items()}}.items():
        UNSAID[f"{_name} and {_other}"] = (_column, _create.format("a_x_seq").replace(
            "ON base", "ON a"))


@params(*UNSAID)
def test_unsaid(env, name):
    """They step aside: what is made of the declarations is what they say, and counts."""
    column, other = UNSAID[name]
    said = written(env, "said.sql",
                   f"{BASE}CREATE TABLE a ({column}, y text);\n{other};\n")
    url = created(env, said)
    no_difference(env, url, said)
    if name.split()[0] in COUNTING:
        psql(env, url, "INSERT INTO a (y) VALUES ('m'), ('n')")
        env.equal(psql(env, url, "SELECT * FROM a"), "1|m\n2|n\n", "counted")


@params("--offline", "--online")
def test_unsaid_in_a_later_version(env, way):
    """What comes has the name, and what was there before gets another, with its rows."""
    old = """CREATE TABLE a (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
        c integer UNIQUE, d integer GENERATED BY DEFAULT AS IDENTITY, e text);
        """
    new = old + """CREATE TABLE a_id_seq (x integer);
        CREATE TABLE a_pkey (x integer);
        CREATE TYPE a_c_key AS (x integer);
        CREATE TYPE a_d_seq AS ENUM ('x');"""
    pair = written(env, "old.sql", old), written(env, "new.sql", new)
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO a (c) VALUES (5), (6)")
    for turn in range(2):
        for args, end in (((), pair[1]), (("--down",), pair[0])):
            psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                                  way, *args, *pair))
            no_difference(env, url, end)
            psql(env, url, f"INSERT INTO a (c) VALUES ({7 + 2 * turn + bool(args)})")
    env.equal(psql(env, url, "SELECT id, c, d FROM a ORDER BY id"),
              "1|5|1\n2|6|2\n3|7|3\n4|8|4\n5|9|5\n6|10|6\n", "rows")
