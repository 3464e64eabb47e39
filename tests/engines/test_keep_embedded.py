"""Migrations in generated C that park (`gen --keep`): a program goes up, back with what
was there, and forgets, on both engines with rows; and the command line on the same
database."""

import hashlib
import subprocess

from pathlib import Path

from runner.base import environment, sanitizer_flags
from runner.engines import load, params

HERE = Path(__file__).resolve().parent
KEEP = load(HERE / "test_keep.py")
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow",
            "-Werror"]
LIBRARIES = {"sqlite": ["libschemac-sqlite.a", "-lsqlite3"],
             "postgres": ["libschemac-postgres.a", "-lpq"]}
ENGINES = params(*LIBRARIES)

LAST = KEEP.NEW.replace("    name TEXT NOT NULL,\n", "")
FIRST = [f"schemac_kept_1_1_0_{t}" for t in
         ("beds", "codes", "people", "rooms", "spots", "visits")]
SIDES = [*FIRST, "schemac_kept_1_2_0_people"]


class Program:
    """One at the newest of three versions, and a database at the first, with rows."""

    def __init__(self, env, dialect, *words, versions=(KEEP.OLD, KEEP.NEW, LAST),
                 rows=KEEP.ROWS):
        self.env = env
        self.lot = KEEP.Lot(env, dialect, *versions[:2], rows)
        (self.lot.folder / "1.2.0.sql").write_text("-- @schema lot\n" + versions[2])
        folder = env.dir / "c"
        env.ok("gen", "-q", *words, "--out", folder, "--dialect", dialect,
               self.lot.folder)
        library, *flags = LIBRARIES[dialect]
        done = env.run("cc", *WARNINGS, "-O0", *sanitizer_flags(),
                       f"-I{env.root}/src/runtime", f"-I{folder}", "-o", "app",
                       HERE / "typed_c/keep.c", *sorted(folder.glob("*.c")),
                       env.context.build / library, *flags)
        env.check(done.code == 0, done.story())

    def run(self, *words):
        return self.env.run("./app", self.lot.shell.at, *words)

    def ok(self, *words):
        done = self.run(*words)
        self.env.check(done.code == 0, done.story())
        return done.out

    def refused(self, message, *words):
        done = self.run(*words)
        self.env.check(done.code == 1 and message in done.err, done.story())

    def check_at(self, version, sides):
        out = self.lot.ok("verify")
        self.env.check(f"at version {version}" in out and "equals it" in out, out)
        self.env.equal(self.lot.ours(), sides, "side tables")


@ENGINES
def test_there_and_back(env, dialect):
    """Two versions up and two back; what nobody allowed to lose is not lost."""
    program = Program(env, dialect, "--keep")
    before = program.lot.all()
    program.refused("REFUSED", "open")
    program.refused("REFUSED", "to", "1.2.0")
    program.check_at("1.0.0", [])
    program.ok("to", "1.2.0", "keep", "30")
    program.check_at("1.2.0", SIDES)
    listed = program.ok("list").splitlines()
    env.check(all(line.endswith(" for a time current") for line in listed), str(listed))
    env.check("schemac_kept_1_1_0_visits 1.1.0 [column visits.note] 3 for a time current"
              in listed and len(listed) == len(SIDES), str(listed))
    env.check("lossless while parked" in program.lot.status(), program.lot.status())
    program.ok("to", "1.0.0")
    program.check_at("1.0.0", [])
    env.equal(program.lot.all(), before, "rows")


@ENGINES
def test_the_command_line_goes_back(env, dialect):
    """And the other way round: both know the same side tables."""
    program = Program(env, dialect, "--keep")
    before = program.lot.all()
    program.ok("to", "1.1.0", "keep")
    env.check("for ever" in program.ok("list"), program.ok("list"))
    program.lot.down()
    env.equal(program.lot.all(), before, "rows")
    program.lot.up()
    program.ok("to", "1.1.0")
    program.ok("to", "1.0.0")
    env.equal(program.lot.all(), before, "rows")


@ENGINES
def test_only_some_is_there(env, dialect):
    program = Program(env, dialect, "--keep")
    program.ok("to", "1.1.0", "keep", "30")
    program.lot.shell.ok("UPDATE schemac_kept SET keep_until = '2020-01-01 00:00:00' "
                         "WHERE side = 'schemac_kept_1_1_0_visits';")
    env.check("current expired" in program.ok("list"), program.ok("list"))
    env.equal(program.ok("forget", "older", "1"), "forgotten: 0\n", "none is so old")
    env.equal(program.ok("forget", "expired"), "forgotten: 1\n", "one was")
    program.refused("5 of 6 side tables are there", "to", "1.0.0")
    program.check_at("1.1.0", FIRST[:-1])
    env.equal(program.ok("forget", "9.9.9"), "forgotten: 0\n", "of no version")
    env.equal(program.ok("forget", "1.1.0"), "forgotten: 5\n", "the others")
    program.lot.shell.ok("UPDATE visits SET person = NULL; DELETE FROM people;")
    program.ok("to", "1.0.0")
    program.check_at("1.0.0", [])


@ENGINES
def test_a_program_that_does_not_park(env, dialect):
    """What it was not generated for is misuse; what is parked stays where it is."""
    program = Program(env, dialect)
    program.refused("does not know how to park", "to", "1.1.0", "keep")
    program.refused("does not know how to park", "open-keep")
    program.lot.ok("to", "1.1.0", "--keep", "--allow", "all")
    program.lot.shell.ok("UPDATE visits SET person = NULL; DELETE FROM people;")
    program.ok("to", "1.0.0")
    program.check_at("1.0.0", FIRST)
    env.equal(program.ok("forget", "all"), "forgotten: 6\n", "what it left")


SMALL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT, n INTEGER);
CREATE TABLE visits (id INTEGER PRIMARY KEY, note TEXT);
"""
FEWER = SMALL.replace(", phone TEXT, n INTEGER", "")
LEAST = FEWER.replace(", note TEXT", "")
SMALL_ROWS = """
INSERT INTO visits VALUES (1, 'first'), (2, NULL);
INSERT INTO people SELECT n, 'p', 'q' || n, nullif(n % 3, 0) FROM ({numbers}) AS c (n);
"""
NUMBERS = {"postgres": "SELECT * FROM generate_series(1, 20000)", "sqlite":
           "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < "
           "20000) SELECT n FROM c"}


def small(env, dialect):
    rows = SMALL_ROWS.replace("{numbers}", NUMBERS[dialect])
    if dialect == "sqlite":
        rows = rows.replace("AS c (n)", "")
    return Program(env, dialect, "--keep", versions=(SMALL, FEWER, LEAST), rows=rows)


def people(program):
    rows = program.lot.rows("people", "id, name, phone, n")
    return [hashlib.sha256(rows.encode()).hexdigest(),
            program.lot.rows("visits", "id, note")]


@ENGINES
def test_opening_parks(env, dialect):
    """A program whose policy it is, without leave for anything."""
    program = small(env, dialect)
    before = people(program)
    program.refused("REFUSED", "open")
    program.ok("open-keep")
    program.check_at("1.2.0", ["schemac_kept_1_1_0_people", "schemac_kept_1_2_0_visits"])
    env.check("[columns people.phone, people.n] 20000 for ever current" in
              program.ok("list"), program.ok("list"))
    program.ok("to", "1.0.0")
    env.equal(people(program), before, "rows")


@ENGINES
def test_killed(env, dialect):
    """On the way up and on the way back, wherever it was: the next run ends it."""
    program = small(env, dialect)
    before = people(program)
    for words, after in ((("to", "1.2.0", "keep"), "1.2.0"), (("to", "1.0.0"), "1.0.0")):
        for delay in (0.02, 0.05, 0.1, 0.2):
            kill_after(program, delay, *words)
        program.ok(*words)
        env.check(f"at version {after}" in program.lot.ok("verify"), "drift")
    env.equal(people(program), before, "rows")
    env.equal(program.lot.ours(), [], "side tables")


def kill_after(program, delay, *words):
    process = subprocess.Popen(["./app", str(program.lot.shell.at), *words],
                               cwd=program.env.dir, env=environment(),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


def test_days_are_for_the_program(env):
    folder = env.dir / "lot"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text("-- @schema lot\n" + SMALL)
    done = env.schemac("gen", "--keep=30d", "--out", env.dir / "c", folder)
    env.check(done.code == 2 and "keep_days" in done.err, done.story())
