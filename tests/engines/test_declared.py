"""What a server is asked for because the declarations beside it speak of it: versions of
extensions.  What is there already is no difference, what differs is changed, and what is
not declared is left alone.
"""

from runner.databases import loaded, psql, written

GOODS = """
CREATE TABLE goods (id integer PRIMARY KEY, name text NOT NULL);
CREATE INDEX goods_name ON goods USING gin (name gin_trgm_ops);
"""
OLD = "CREATE EXTENSION pg_trgm VERSION '1.5';" + GOODS
NEW = "CREATE EXTENSION pg_trgm VERSION '1.6';" + GOODS
OPEN = "CREATE EXTENSION pg_trgm;" + GOODS
ROWS = "INSERT INTO goods SELECT g, 'piece ' || g FROM generate_series(1, 1000) AS g;"
VERSION = "SELECT extversion FROM pg_extension WHERE extname = 'pg_trgm'"
FOUND = "SELECT count(*) FROM goods WHERE name LIKE '%piece 10%'"


def same(env, one, other):
    """Neither side lacks what the other has."""
    for pair in ((one, other), (other, one)):
        env.equal(env.ok("diff", "--exit-code", "--dialect", "postgres", *pair), "",
                  "there is no difference")


def applied(env, url, file):
    """What `apply` says; the second diff is empty."""
    done = env.ok("apply", "--yes", "--allow", "all", file, "--database", url)
    same(env, url, file)
    return done


# ---- versions of extensions ----

def test_version_that_is_declared(env):
    url = loaded(env, OLD + ROWS)
    same(env, url, written(env, "old.sql", OLD))
    new = written(env, "new.sql", NEW)
    done = env.schemac("diff", "--exit-code", url, new)
    env.equal(done.code, 1, "they differ")
    env.check("ALTER EXTENSION pg_trgm UPDATE TO '1.6';" in done.out, done.story())
    applied(env, url, new)
    env.equal(psql(env, url, VERSION), "1.6\n", "the version")
    env.equal(psql(env, url, FOUND), "12\n", "the rows")


def test_version_that_is_left_to_the_server(env):
    url = loaded(env, OLD)
    same(env, url, written(env, "open.sql", OPEN))
    env.check("1.5" not in env.ok("describe", url), "describe names none, as pg_dump")


def test_versions_of_two_databases(env):
    one, other = loaded(env, OLD), loaded(env, NEW)
    env.check("UPDATE TO '1.6'" in env.ok("diff", one, other), "the other one's version")
    same(env, one, loaded(env, OLD))


def test_version_between_files(env):
    old, new = written(env, "old.sql", OLD), written(env, "new.sql", NEW)
    free = written(env, "open.sql", OPEN)
    for start, end, version in ((old, new, "1.6"), (free, new, "1.6"), (new, old, "1.5")):
        said = f"UPDATE TO '{version}'"
        env.check(said in env.ok("diff", "--dialect", "postgres", start, end), said)
    env.equal(env.ok("diff", "--exit-code", "--dialect", "postgres", new, free), "",
              "no version is said any more")


def test_version_in_a_history(env):
    folder = env.dir / "shop"
    folder.mkdir()
    for number, text in enumerate((OLD, NEW, OPEN), 1):
        (folder / f"1.{number}.sql").write_text("-- @schema shop\n" + text)
    url = env.postgres()

    def migrate(*words):
        return env.schemac("migrate", *words, folder, "--database", url)

    for version, there in (("1.1", "1.5"), ("1.2", "1.6"), ("1.3", "1.6")):
        done = migrate("to", version)
        env.check(done.code == 0, done.story())
        env.equal(psql(env, url, VERSION), there + "\n", version)
        env.equal(migrate("verify").code, 0, "verify of " + version)
        if version == "1.1":
            psql(env, url, ROWS)
    env.equal(psql(env, url, FOUND), "12\n", "the rows")
    done = migrate("verify")
    env.equal(done.code, 0, done.story())
    psql(env, url, "DROP INDEX goods_name; DROP EXTENSION pg_trgm;" + NEW.split(GOODS)[0]
         + GOODS.split(";")[1])
    env.equal(migrate("verify").code, 0, "none is declared: any is right")
