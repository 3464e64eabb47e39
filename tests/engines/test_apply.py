"""`apply`: a live database becomes what is declared, now, or stays what it is."""

import sqlite3
import subprocess

from pathlib import Path

from runner.databases import check_same, created, psql
from runner.engines import load, params

ENGINES = ("sqlite", "postgres")
HERE = Path(__file__).resolve()
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
ONLINE = load(HERE.with_name("test_online.py"))

OLD = """
CREATE TABLE people (id integer PRIMARY KEY, name text, phone text);
CREATE TABLE visits (id integer PRIMARY KEY, person_id integer NOT NULL);
CREATE VIEW names AS SELECT name FROM people;
"""
NEW = """
CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, note text);
CREATE TABLE visits (id integer PRIMARY KEY,
    person_id integer NOT NULL REFERENCES people (id));
CREATE INDEX visits_person ON visits (person_id);
CREATE VIEW names AS SELECT id, name FROM people;
"""


def declared(env, text, name="wanted.sql"):
    path = env.dir / name
    path.write_text("-- @schema shop\n" + text.lstrip())
    return path


def database(env, engine):
    if engine == "postgres":
        return env.postgres()
    sqlite3.connect(env.dir / "shop.db").execute("PRAGMA user_version = 1")
    return env.dir / "shop.db"


def ask(env, engine, url, sql):
    if engine == "postgres":
        return psql(env, url, sql).strip()
    with sqlite3.connect(url) as db:
        done = [db.execute(one).fetchall() for one in sql.split(";") if one.strip()]
    return "\n".join("|".join(map(str, row)) for row in done[-1])


def apply(env, url, to, *words):
    return env.schemac("apply", "--database", url, to, *words)


def must(env, url, to, *words):
    done = apply(env, url, to, *words)
    env.check(done.code == 0, done.story())
    return done


def with_rows(env, engine):
    url = database(env, engine)
    must(env, url, declared(env, OLD), "--yes")
    ask(env, engine, url, "INSERT INTO people VALUES (1, 'a', '11'), (2, 'b', NULL);"
                          "INSERT INTO visits VALUES (7, 1)")
    return url


def is_what(env, url, path):
    env.equal(env.ok("diff", "-q", "--exit-code", url, path), "", "what is left to do")


@params(*ENGINES)
def test_apply(env, engine):
    url = with_rows(env, engine)
    new = declared(env, NEW)
    done = SHOP.failed(env, 3, "column people.phone, 1 row at stake",
                       apply(env, url, new, "--yes"))
    env.check("--allow data-loss lets it run" in done.err, done.story())
    is_what(env, url, declared(env, OLD, "old.sql"))
    done = must(env, url, new, "--dry-run", "--allow", "data-loss")
    env.check("drop column people.phone" in done.out, done.story())
    is_what(env, url, declared(env, OLD, "old.sql"))
    must(env, url, new, "--yes", "--allow", "data-loss")
    is_what(env, url, new)
    env.equal(ask(env, engine, url, "SELECT name, person_id FROM names JOIN visits v "
                                    "ON v.person_id = names.id"), "a|1", "rows")
    done = must(env, url, new)
    env.check("is what is declared already" in done.err, done.story())
    left = "sqlite_schema" if engine == "sqlite" else "pg_class"
    column = "name" if engine == "sqlite" else "relname"
    env.equal(ask(env, engine, url, f"SELECT count(*) FROM {left} WHERE {column} LIKE "
                                    "'schemac%'"), "0", "nothing of ours is left")


@params(*ENGINES)
def test_rows_in_the_way(env, engine):
    url = with_rows(env, engine)
    ask(env, engine, url, "INSERT INTO people (id) VALUES (3);"
                          "INSERT INTO visits VALUES (8, 99)")
    done = SHOP.failed(env, 3, "people.name holds NULL (1 row, for instance (id 3",
                       apply(env, url, declared(env, NEW), "--yes", "--allow", "all"))
    env.check("the database is as it was" in done.err, done.story())
    is_what(env, url, declared(env, OLD, "old.sql"))


@params(("y", 0), ("yes", 0), ("n", 3), ("", 3))
def test_it_asks(env, answer, code):
    url = with_rows(env, "sqlite")
    new = declared(env, NEW)
    done = env.schemac("apply", "--database", url, new, "--allow", "all",
                       stdin=answer + "\n" if answer else "")
    env.equal(done.code, code, done.story())
    env.check("rebuild table people" in done.out and "[y/N]" in done.err, done.story())
    is_what(env, url, new if code == 0 else declared(env, OLD, "old.sql"))


@params(*ENGINES)
def test_a_history_is_for_migrate(env, engine):
    """But what other hands have changed is put right, and the history goes on."""
    folder = SHOP.make_shop(env, {"1.0.0": OLD, "1.1.0": NEW})
    url = database(env, engine)
    SHOP.must(env, folder, url, "to", "1.0.0")
    for to in (f"{folder}@1.1.0", folder / "1.0.0.sql"):
        SHOP.failed(env, 3, "has a history: it is at 1.0.0 of schema",
                    apply(env, url, to, "--yes", "--allow", "all"))
    ask(env, engine, url, "CREATE INDEX by_hand ON visits (person_id)")
    SHOP.failed(env, 1, "has been changed since", SHOP.migrate(env, folder, url, "up"))
    must(env, url, f"{folder}@1.0.0", "--yes")
    SHOP.must(env, folder, url, "up", "--allow", "all")
    SHOP.verified(env, folder, url, "1.1.0")


def test_other_hands_meanwhile(env):
    """Between the question and the answer."""
    url = with_rows(env, "sqlite")
    process = env.start_schemac("apply", "--database", url, declared(env, NEW),
                                "--allow", "all", stdin=subprocess.PIPE)
    said = b""
    while b"[y/N]" not in said:
        byte = process.stderr.read(1)
        env.check(byte != b"", said.decode())
        said += byte
    ask(env, "sqlite", url, "CREATE TABLE other (x integer)")
    err = process.communicate(b"y\n", timeout=60)[1].decode()
    env.equal(process.returncode, 1, err)
    env.check("changed by other hands" in err and "nothing was changed" in err, err)
    env.equal(ask(env, "sqlite", url, "SELECT name FROM pragma_table_info('people')"),
              "id\nname\nphone", "columns")


def test_tables_in_use(env):
    """In many transactions by default, in one with --offline."""
    new = env.root / ONLINE.CASE / "to.sql"
    for words, many in (((), True), (("--offline",), False)):
        url = ONLINE.old_database(env)
        done = must(env, url, new, "--yes", *words)
        env.equal("validate constraint" in done.err, many, done.story())
        check_same(env, url, created(env, new), "the database")
        is_what(env, url, new)


def test_what_failed_half_way_is_done_by_the_next_plan(env):
    url = env.postgres()
    psql(env, url, "CREATE TABLE t (id integer PRIMARY KEY, a integer);"
                   "CREATE TABLE u (id integer PRIMARY KEY, a integer);"
                   "INSERT INTO t SELECT n, n FROM generate_series(1, 9) n;"
                   "INSERT INTO u TABLE t")
    new = declared(env, "CREATE TABLE t (id integer PRIMARY KEY, a integer, "
                        "CONSTRAINT a CHECK (a < 99));\n"
                        "CREATE TABLE u (id integer PRIMARY KEY, a integer);\n"
                        "CREATE UNIQUE INDEX u_a ON u (a);\n")
    done = SHOP.failed(env, 4, "could not create unique index",
                       SHOP.meets_late_rows(env, url, "INSERT INTO u VALUES (10, 9)",
                                            "apply", "--database", url, new, "--yes"))
    env.check("a new plan leads on" in done.err, done.story())
    SHOP.failed(env, 3, "rows that are alike", apply(env, url, new, "--yes"))
    psql(env, url, "UPDATE u SET a = id")
    must(env, url, new, "--yes")
    is_what(env, url, new)
    env.equal(psql(env, url, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0\n",
              "invalid indexes")


def test_no_database(env):
    path = declared(env, OLD)
    SHOP.failed(env, 2, "name the database", env.schemac("apply", path))
    SHOP.failed(env, 4, "there is no", apply(env, env.dir / "none.db", path))
    SHOP.failed(env, 2, "exclude each other",
                apply(env, database(env, "sqlite"), path, "--online", "--offline"))
