"""A table and a type of one name: what the server refuses is refused before, and nothing
else.  Whichever of two declarations comes second is the one that the server refuses, so
both orders are tried.
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


def check_takes(env, *statements):
    done = env.schemac("check", written(env, "said.sql",
                                        BASE + ";\n".join(statements) + ";\n"))
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
