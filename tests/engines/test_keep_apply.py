"""`apply --keep`: what a database without a history loses is parked, `apply --down` gives
back what the last run has parked, `migrate forget` without a schema forgets; on both
engines with rows."""

import time

from pathlib import Path

from runner.databases import Shell
from runner.engines import load, params

HERE = Path(__file__).resolve().parent
KEEP = load(HERE / "test_keep.py")
ENGINES = params("sqlite", "postgres")


class Lot(KEEP.Lot):
    """A database that apply made, with rows; three declarations of it in files."""

    def __init__(self, env, dialect):  # pylint: disable=super-init-not-called
        self.env, self.dialect = env, dialect
        self.shell = Shell(env, dialect)
        last = KEEP.NEW.replace("    name TEXT NOT NULL,\n", "")
        for name, sql in (("old", KEEP.OLD), ("new", KEEP.NEW), ("last", last)):
            # A database does not tell what was renamed, so nothing is.
            sql = sql.replace("-- @was spots\nCREATE TABLE corners", "CREATE TABLE spots")
            sql = sql.replace("corner INTEGER PRIMARY KEY /* @was id */",
                              "id INTEGER PRIMARY KEY")
            sql = sql.replace("DATE -- @from CAST(born AS DATE)", "TIMESTAMP")
            (env.dir / f"{name}.sql").write_text(sql)
        if dialect == "sqlite":
            self.shell.ok("VACUUM;")
        self.apply("old")
        self.shell.ok(KEEP.ROWS)

    def run(self, name, *words):
        return self.env.schemac("apply", "-q", "--yes", *words, self.env.dir /
                                f"{name}.sql", "--database", self.shell.at)

    def apply(self, name, *words):
        done = self.run(name, *words)
        self.env.check(done.code == 0, done.story())
        return done.out

    def forget(self, *words):
        return self.env.schemac("migrate", "forget", "-q", *words, "--database",
                                self.shell.at)

    def check_is(self, name):
        done = self.env.schemac("diff", "-q", "--exit-code", self.shell.at,
                                self.env.dir / f"{name}.sql")
        self.env.check(done.code == 0, done.story())


@ENGINES
def test_there_and_back(env, dialect):
    """Two runs up; the way back has the last one's, then the one's before it."""
    lot = Lot(env, dialect)
    before = lot.all()
    lot.apply("new", "--keep=30d", "--allow", "rewrite,long-lock")
    lot.check_is("new")
    env.equal(len(lot.ours()), 6, "side tables")
    people = lot.rows("people", "id, name, born")
    wait_a_second()
    lot.apply("last", "--keep")
    lot.check_is("last")
    env.equal(len(lot.ours()), 7, "side tables")
    shown = lot.apply("new", "--down", "--dry-run")
    env.check("column people.name out of schemac_kept_2" in shown, shown)
    env.check("No data is lost.\n" in shown, shown)
    lot.apply("new", "--down")
    lot.check_is("new")
    env.equal(lot.rows("people", "id, name, born"), people, "people")
    lot.apply("old", "--down", "--allow", "rewrite,long-lock")
    lot.check_is("old")
    env.equal(lot.all(), before, "rows")
    env.equal(lot.ours(), [], "side tables")


def wait_a_second():
    """Runs are told apart by when they were, in seconds."""
    time.sleep(1.1)


@ENGINES
def test_forget(env, dialect):
    lot = Lot(env, dialect)
    done = lot.run("new", "--allow", "rewrite,long-lock")
    env.check(done.code == 3 and "data-loss" in done.err, done.story())
    lot.apply("new", "--keep=30d", "--allow", "rewrite,long-lock")
    done = lot.forget()
    env.check(done.code == 3 and done.out.count("kept: ") == 6, done.story())
    env.check("column visits.note of 20" in done.out and ", 3 rows in schemac_kept_20"
              in done.out and "not brought back" not in done.out, done.out)
    env.equal(lot.forget("--expired").code, 0, "nothing is expired")
    lot.shell.ok("UPDATE schemac_kept SET keep_until = '2020-01-01 00:00:00' WHERE what "
                 "= 'column visits.note';")
    env.equal(lot.forget("--expired").code, 0, "one is")
    env.equal(len(lot.ours()), 5, "side tables")
    env.equal(lot.forget("--allow", "data-loss").code, 0, "the others")
    env.equal(lot.ours(), [], "side tables")
    done = lot.run("old", "--down", "--keep")
    env.check(done.code == 2 and "exclude each other" in done.err, done.story())
    done = env.schemac("migrate", "status", "--database", lot.shell.at)
    env.check(done.code == 2 and "takes other arguments" in done.err, done.story())
