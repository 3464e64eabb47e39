"""A column that owns the sequence of a serial one and may be NULL: it is described,
declared and changed as what it is."""

from pathlib import Path

from runner.databases import check_same, created, loaded, psql, written
from runner.engines import load, params

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))

LOOSE = """
CREATE TABLE a (id serial, n integer);
ALTER TABLE a ALTER id DROP NOT NULL;
CREATE SCHEMA "S s";
CREATE SEQUENCE "S s"."B ""b_id_seq" AS smallint;
CREATE TABLE "S s"."B ""b" (id smallint DEFAULT nextval('"S s"."B ""b_id_seq"'),
    n integer);
ALTER SEQUENCE "S s"."B ""b_id_seq" OWNED BY "S s"."B ""b".id;
"""
STRICT = """
CREATE TABLE a (id serial, n integer);
CREATE SCHEMA "S s";
CREATE TABLE "S s"."B ""b" (id smallserial, n integer);
"""
TABLES = ("a", '"S s"."B ""b"')


def test_there_and_back(env):
    url = loaded(env, LOOSE)
    said = written(env, "said.sql", env.ok("describe", "-q", url))
    env.check("serial" not in said.read_text(), said.read_text())
    check_same(env, created(env, said), url, "what was described")
    check_same(env, created(env, written(env, "own.sql", LOOSE)), url, "what is declared")
    for source in (said, env.dir / "own.sql"):
        env.equal(env.ok("diff", "-q", "--exit-code", url, source), "", "no difference")


def test_a_key_is_never_null(env):
    """Without NOT NULL in words: the key implies it, and the column is serial."""
    url = loaded(env, "CREATE SEQUENCE k_id_seq; CREATE TABLE k (id bigint DEFAULT "
                      "nextval('k_id_seq') PRIMARY KEY);"
                      "ALTER SEQUENCE k_id_seq OWNED BY k.id")
    env.check("id bigserial" in env.ok("describe", "-q", url), "no serial")
    plain = written(env, "k.sql", "CREATE TABLE k (id bigserial PRIMARY KEY)")
    env.equal(env.ok("diff", "-q", "--exit-code", url, plain), "", "no difference")


@params("--online", "--offline")
def test_it_may_be_null_and_may_not(env, way):
    """NOT NULL comes and goes, and the numbers go on."""
    loose, strict = written(env, "loose.sql", LOOSE), written(env, "strict.sql", STRICT)
    url = loaded(env, STRICT)
    for table in TABLES:
        psql(env, url, f"INSERT INTO {table} (n) VALUES (1), (2)")
    for to, sql in ((loose, LOOSE), (strict, STRICT), (loose, LOOSE)):
        done = env.schemac("diff", "-q", "--exit-code", url, to)
        env.equal(done.code, 1, done.story())
        ONLINE.run(env, url, env.ok("diff", "-q", way, url, to))
        env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
        check_same(env, url, loaded(env, sql), "the database")
        for table in TABLES:
            psql(env, url, f"INSERT INTO {table} (n) VALUES (3)")
    for table in TABLES:
        env.equal(psql(env, url, f"SELECT array_agg(id ORDER BY id) FROM {table}"),
                  "{1,2,3,4,5}\n", "the numbers")
        psql(env, url, f"INSERT INTO {table} VALUES (NULL, 4)")


def test_a_version_lets_it_be_null(env):
    folder = env.dir / "shop"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text("-- @schema shop\nCREATE TABLE a (id serial);\n")
    (folder / "1.1.0.sql").write_text("-- @schema shop\n-- @extends 1.0.0\n"
                                      "ALTER TABLE a ALTER id DROP NOT NULL;\n")
    url = env.postgres()
    env.ok("migrate", "to", "1.0.0", folder, "--database", url)
    psql(env, url, "INSERT INTO a VALUES (DEFAULT), (DEFAULT)")
    for target in ("1.1.0", "1.0.0", "1.1.0"):
        env.ok("migrate", "to", target, folder, "--database", url)
        env.ok("migrate", "verify", folder, "--database", url)
        psql(env, url, "INSERT INTO a VALUES (DEFAULT)")
    env.equal(psql(env, url, "SELECT array_agg(id ORDER BY id) FROM a"), "{1,2,3,4,5}\n",
              "the numbers")
    psql(env, url, "INSERT INTO a VALUES (NULL)")
