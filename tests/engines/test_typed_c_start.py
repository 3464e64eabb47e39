"""A program that starts: the fingerprint that was compiled in beside a database that is
new, at the same version, older, newer, changed by hand, or somebody else's; on both
engines, with rows in it, that stay.
"""

import sqlite3
import subprocess
from pathlib import Path

from runner.base import sanitizer_flags
from runner.databases import psql
from runner.engines import params

HERE = Path(__file__).resolve().parent / "typed_c"
VERSIONS = {
    "1.0.0": "-- @schema store\n"
             "CREATE TABLE goods (id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
             "                    name TEXT NOT NULL UNIQUE, old TEXT);\n",
    "1.1.0": "-- @extends 1.0.0\n"
             "ALTER TABLE goods ADD COLUMN price NUMERIC(8, 2);\n",
    "2.0.0": "-- @extends 1.1.0\n"
             "ALTER TABLE goods DROP COLUMN old;\n",
}
ENGINES = {"sqlite": ["libschemac-sqlite.a", "-lsqlite3"],
           "postgres": ["libschemac-postgres.a", "-lpq"]}
ROWS = "INSERT INTO goods (name, old) VALUES ('tea', 'x'), ('cup', 'y')"


class Store:
    """A database, and programs that were compiled at one version each."""

    def __init__(self, env, engine):
        self.env = env
        self.engine = engine
        self.url = env.postgres() if engine == "postgres" else str(env.dir / "store.db")
        folder = env.dir / "store"
        folder.mkdir()
        for version, text in VERSIONS.items():
            (folder / f"{version}.sql").write_text(text)

    def build(self, version):
        library, link = ENGINES[self.engine]
        env, code = self.env, self.env.dir / f"code-{version}"
        env.ok("gen", "--out", code, f"store@{version}")
        done = env.run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{code}",
                       f"-I{env.root}/src/runtime",
                       *sanitizer_flags(), "-o",
                       f"app-{version}", *sorted(code.glob("*.c")),
                       HERE / "start_up.c", env.context.build / library, link)
        env.check(done.code == 0, done.story())

    def bring_to(self, version):
        self.env.ok("migrate", "to", version, "store", "--database", self.url, "--allow",
                    "data-loss")

    def run_sql(self, sql):
        if self.engine == "postgres":
            psql(self.env, self.url, sql)
            return
        db = sqlite3.connect(self.url)
        db.executescript(sql)
        db.close()

    def finds(self, version, policy, wanted, *said):
        done = self.env.run(f"./app-{version}", self.url, policy)
        self.env.equal((done.code, done.out), (0, wanted + "\n"), done.story())
        for words in said:
            self.env.check(words in done.err, done.story())


@params(*ENGINES)
def test_new_and_equal(env, engine):
    store = Store(env, engine)
    store.build("1.1.0")
    store.finds("1.1.0", "refuse",
                "NOT_FOUND" if engine == "sqlite" else "STALE_SCHEMA")
    store.finds("1.1.0", "migrate", "OK")
    store.run_sql(ROWS)
    for policy in ("refuse", "migrate"):
        store.finds("1.1.0", policy, "OK tea cup")


@params(*ENGINES)
def test_older(env, engine):
    store = Store(env, engine)
    store.build("1.1.0")
    store.build("2.0.0")
    store.bring_to("1.0.0")
    store.run_sql(ROWS)
    store.finds("1.1.0", "refuse", "STALE_SCHEMA", "1.0.0", "1.1.0")
    store.finds("1.1.0", "migrate", "OK tea cup")
    # The next version takes a column away: nobody has allowed that.
    store.finds("2.0.0", "migrate", "REFUSED", "goods.old")
    store.finds("1.1.0", "refuse", "OK tea cup")


@params(*ENGINES)
def test_many_at_once(env, engine):
    """One of them migrates, and the others wait until it has."""
    store = Store(env, engine)
    store.build("1.1.0")
    started = [subprocess.Popen(["./app-1.1.0", store.url, "migrate"], cwd=env.dir,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for _ in range(6)]
    for program in started:
        out, err = program.communicate(timeout=100)
        env.equal((program.returncode, out), (0, "OK\n"), err)


@params(*ENGINES)
def test_newer(env, engine):
    store = Store(env, engine)
    store.build("1.1.0")
    store.bring_to("1.1.0")
    store.run_sql(ROWS)
    store.bring_to("2.0.0")
    for policy in ("refuse", "migrate"):
        store.finds("1.1.0", policy, "STALE_SCHEMA", "2.0.0")
    store.build("2.0.0")
    store.finds("2.0.0", "refuse", "OK tea cup")


@params(*((engine, change) for engine in ENGINES for change in
          ("CREATE INDEX by_hand ON goods (old)",
           "ALTER TABLE goods ADD COLUMN by_hand INTEGER",
           "CREATE TABLE by_hand (id INTEGER)")))
def test_changed_by_hand(env, engine, change):
    store = Store(env, engine)
    store.build("1.1.0")
    store.bring_to("1.1.0")
    store.run_sql(ROWS)
    store.run_sql(change)
    for policy in ("refuse", "migrate"):
        store.finds("1.1.0", policy, "STALE_SCHEMA")


@params(*ENGINES)
def test_of_somebody_else(env, engine):
    store = Store(env, engine)
    store.build("1.1.0")
    store.run_sql("CREATE TABLE goods (other INTEGER)")
    store.finds("1.1.0", "refuse", "STALE_SCHEMA")
    store.finds("1.1.0", "migrate", "REFUSED")
