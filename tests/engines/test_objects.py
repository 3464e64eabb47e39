"""Objects beside tables on PostgreSQL: what `ddl` prints of them is to pg_dump what the
statements themselves make, however they were written; and migrations lead there and back.
"""

from runner.engines import params
from runner.postgres import find_program

TABLES = """
CREATE SCHEMA s;
CREATE TABLE t (id integer CONSTRAINT t_key PRIMARY KEY, a integer, b integer, c text,
    d date);
"""

FORMS = {
    "statistics": """
        CREATE STATISTICS s1 (mcv, ndistinct) ON b, a FROM t;
        CREATE STATISTICS s6 ON c, a FROM t;
        CREATE STATISTICS s7 ON c, a FROM public.t;
        CREATE STATISTICS IF NOT EXISTS s.s2 ON (a + b), lower(c), d, a FROM t;
        CREATE STATISTICS s.s3 ON lower(c) FROM t;
        ALTER STATISTICS s1 SET STATISTICS 200;
        COMMENT ON STATISTICS s1 IS 'seen together';
        ALTER STATISTICS s1 RENAME TO s4;
        ALTER STATISTICS s4 SET SCHEMA s;
        CREATE STATISTICS s5 (ndistinct, mcv, dependencies) ON d, b FROM t;
        CREATE STATISTICS s8 ON (a % 7) FROM t;
        ALTER TABLE t RENAME b TO bb;
        CREATE TABLE l (LIKE t INCLUDING STATISTICS INCLUDING COMMENTS);
        ALTER TABLE t RENAME TO u;
        CREATE STATISTICS gone ON a, id FROM u;
        DROP STATISTICS IF EXISTS nix, gone;
        ALTER TABLE u DROP COLUMN d;
        ALTER TABLE l SET SCHEMA s;""",
}


def psql(env, url, sql):
    done = env.run(find_program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                   "-d", url, stdin=sql)
    env.check(done.code == 0, sql + "\n" + done.story())
    return done.out


def declared(env, name, text):
    path = env.dir / name
    path.write_text(text)
    return path


def created(env, path):
    url = env.postgres()
    psql(env, url, env.ok("ddl", "--dialect", "postgres", path))
    return url


@params(*FORMS)
def test_same_to_pg_dump(env, name):
    text = TABLES + FORMS[name]
    path = declared(env, "forms.sql", text)
    itself = env.postgres()
    psql(env, itself, text)
    env.same_schema(itself, created(env, path))
    printed = declared(env, "printed.sql", env.ok("print", path))
    env.same_schema(itself, created(env, printed))
    env.equal(env.ok("print", printed), printed.read_text(), "printed again")


# name: (old, new), each behind TABLES
CHANGES = {
    "statistics-keys": ("CREATE STATISTICS x ON a, b FROM t;",
                        "CREATE STATISTICS x (mcv) ON a, (b * 2) FROM t;"),
    "statistics-target": ("CREATE STATISTICS x ON a, b FROM t;",
                          "CREATE STATISTICS x ON b, a FROM t;"
                          "ALTER STATISTICS x SET STATISTICS 50;"
                          "COMMENT ON STATISTICS x IS 'why';"),
    "statistics-columns": ("CREATE STATISTICS x ON a, b FROM t;"
                           "CREATE STATISTICS y ON a, id FROM t;",
                           "ALTER TABLE t DROP COLUMN b;"
                           "ALTER TABLE t ADD COLUMN e integer;"
                           "ALTER TABLE t ALTER COLUMN a TYPE bigint;"
                           "CREATE STATISTICS x ON a, e FROM t;"
                           "CREATE STATISTICS y ON a, id FROM t;"),
    "statistics-table": ("CREATE TABLE other (a integer, b integer);"
                         "CREATE STATISTICS x ON a, b FROM other;", ""),
}


@params(*CHANGES)
def test_there_and_back(env, name):
    old, new = (TABLES + text for text in CHANGES[name])
    old_path, new_path = declared(env, "old.sql", old), declared(env, "new.sql", new)
    url = created(env, old_path)
    psql(env, url, "INSERT INTO t (id, a, c) VALUES (1, 1, 'a'), (2, 2, 'b')")
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all",
                          old_path, new_path))
    env.same_schema(url, created(env, new_path), column_order=False)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--down", "--allow", "all",
                          old_path, new_path))
    env.same_schema(url, created(env, old_path), column_order=False)
    env.equal(psql(env, url, "SELECT id, a, c FROM t ORDER BY 1"), "1|1|a\n2|2|b\n",
              "rows")


def test_renames_keep_the_object(env):
    old = declared(env, "old.sql", TABLES + "CREATE STATISTICS x ON a, b FROM t;")
    new = declared(env, "new.sql", TABLES.replace(
        "CREATE TABLE t", "-- @was t\nCREATE TABLE tt").replace(
            "b integer", "bb integer /* @was b */")
                   + "-- @was x\nCREATE STATISTICS y ON a, bb FROM tt;")
    url = created(env, old)
    oid = "SELECT oid FROM pg_statistic_ext"
    before = psql(env, url, oid)
    psql(env, url, env.ok("diff", "--dialect", "postgres", old, new))
    env.same_schema(url, created(env, new))
    env.equal(psql(env, url, oid), before, "it is the same object")
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--down", old, new))
    env.same_schema(url, created(env, old))
