"""Every version of schemas/bookings to every other one, 342 ways on each engine, with
three rows in every table: at the end stands the schema of a fresh database, the rows are
there by content, and back at the start is all that the labels of the plans do not give
up.  And one plan from the first version of a system to its last, without those between.

`make test` takes one end for each start, `make prove` (SYSTEMS=whole) all of them.  A
start is loaded once and copied for each end.
"""

import os
import shutil
import threading

from pathlib import Path

from runner.base import Failure
from runner.databases import created, try_psql, written
from runner.engines import load, params
from runner.labels import said_lost, without
from runner.outside import dump_of, postgres_facts, sqlite_facts

bookings = load(Path(__file__).with_name("test_bookings.py"))
systems = load(Path(__file__).with_name("test_systems.py"))
VERSIONS = bookings.VERSIONS
WHOLE = os.environ.get("SYSTEMS") == "whole"
LEAP = 7  # of the sample: each start has its end so many versions on, around the corner

# What a plan says is lost, and the section for the way back makes anew from other rows.
GIVEN_BACK = {"column ai_voice_calls.cost_usd"}
# What a data step may find again, where the row that it points at has stayed.
FOUND_AGAIN = {"column deposits.payment_history_id"}


def ends_of(start):
    at = VERSIONS.index(start)
    if WHOLE:
        return [v for v in VERSIONS if v != start]
    return [VERSIONS[(at + LEAP) % len(VERSIONS)]]


# ---- what is asked once ----

class Once:
    """Answers that are kept; who comes meanwhile waits."""

    def __init__(self, make):
        self.make, self.answers, self.lock = make, {}, threading.Lock()

    def __call__(self, env, *key):
        with self.lock:
            if key not in self.answers:
                self.answers[key] = self.make(env, *key)
            return self.answers[key]


@Once
def fresh_facts(env, dialect, version):
    """What an outside reader says of the version."""
    if dialect == "sqlite":
        return sqlite_facts(bookings.fresh_sqlite(env, version), False)
    return postgres_facts(dump_of(env, bookings.Postgres(env, version).url))


@Once
def step_label(env, dialect, older, newer, down):
    return said_lost(env, "--dialect", dialect, *(["--down"] if down else []),
                     bookings.at(older), bookings.at(newer))


def lost_on_the_way(env, dialect, start, end):
    """What the labels of all steps from `start` to `end` give up."""
    a, b = VERSIONS.index(start), VERSIONS.index(end)
    low, high = min(a, b), max(a, b)
    return set().union(*(step_label(env, dialect, *pair, a > b) for pair in
                         zip(VERSIONS[low:high], VERSIONS[low + 1:high + 1])))


# ---- copies ----

class PostgresCopy(bookings.Postgres):
    """A database of a version with rows, and the copy that one way is gone with."""

    def __init__(self, env, version):
        super().__init__(env, version)
        self.filled = self.url

    def ways(self, ends):
        server = self.env.context.postgres
        name = self.filled.removeprefix("postgresql:///").partition("?")[0]
        for end in ends:
            with server.lent_database(name) as copy:
                self.url = self.filled.replace(name, copy, 1)
                yield end

    def facts(self):
        return postgres_facts(dump_of(self.env, self.url))


class LiteCopy(bookings.Lite):
    def ways(self, ends):
        filled = self.path
        for end in ends:
            self.path = self.env.dir / "copy.db"
            shutil.copy(filled, self.path)
            yield end

    def facts(self):
        self.env.equal(self.env.query(self.path, "PRAGMA foreign_key_check"), [],
                       "orphans")
        return sqlite_facts(self.path, False)


COPIES = {"postgres": PostgresCopy, "sqlite": LiteCopy}


# ---- every pair ----

def go(database, start, end):
    if VERSIONS.index(start) < VERSIONS.index(end):
        database.go(start, end)
    else:
        database.go(end, start, "--down")


def arrived(env, dialect, database, version, what):
    wanted = fresh_facts(env, dialect, version)
    found = database.facts()
    env.equal([f for f in found if f not in wanted], [], f"{what}: only there")
    env.equal([f for f in wanted if f not in found], [], f"{what}: not there")


def there_and_back(env, dialect, database, start, end, before, tables):
    go(database, start, end)
    arrived(env, dialect, database, end, f"{start} to {end}")
    there = database.rows(tables[end])
    bookings.kept(env, before, {t: rows[:len(before.get(t, rows))]
                                for t, rows in there.items()}, f"{start} to {end}")
    go(database, end, start)
    arrived(env, dialect, database, start, f"{start} to {end} and back")
    after, lost = database.rows(tables[start]), lost_on_the_way(env, dialect, start, end)
    # What is computed out of a column that is lost is another value, too.
    gone = lost - GIVEN_BACK | ({f"column {t}.{c.name}" for t, columns in
                                 tables[start].items() for c in columns if c.generated}
                                if lost else set())
    back, wanted = without(gone, after), without(gone, before)
    for table, rows in wanted.items():
        env.equal(back[table], rows,
                  f"{start} to {end} and back: {table}, which no label gives up")
    for one in sorted(lost - GIVEN_BACK - FOUND_AGAIN):
        table = one.split()[1].split(".")[0]
        env.check(after.get(table) != before.get(table),
                  f"{start} to {end}: the label gives up {one}, and it came back")


@params(*[(dialect, version) for dialect in COPIES for version in VERSIONS])
def test_there_and_back(env, dialect, start):
    tables = {v: bookings.tables_of(bookings.fresh_sqlite(env, v))
              for v in (start, *ends_of(start))}
    database = COPIES[dialect](env, start)
    database.fill(tables[start], bookings.Filler())
    before = database.rows(tables[start])
    for table, rows in before.items():
        env.check(len(rows) >= bookings.ROWS, f"{start}: too few rows in {table}")
    wrong = []
    for end in database.ways(ends_of(start)):
        try:
            there_and_back(env, dialect, database, start, end, before, tables)
        except Failure as e:
            wrong.append(f"{start} to {end}: {e}")
    env.check(not wrong, "\n\n".join(wrong))


# ---- one plan ----

class PostgresAt(bookings.Postgres):
    """A database that the plan of another version or system is run on."""

    def __init__(self, env, name, version):
        self.env = env
        self.url = created(env, systems.source(name, version))

    def take(self, rows):
        self.run("SET session_replication_role = replica;\n" + rows)

    def copied(self):
        name = self.url.removeprefix("postgresql:///").partition("?")[0]
        server = self.env.context.postgres
        with server.lent_database(name) as copy:
            twin = object.__new__(PostgresAt)
            twin.env, twin.url = self.env, self.url.replace(name, copy, 1)
            yield twin

    def shell(self, sql):
        return try_psql(self.env, self.url, sql)

    def facts(self):
        return postgres_facts(dump_of(self.env, self.url))


class LiteAt(bookings.Lite):
    def __init__(self, env, name, version):
        self.env, self.path = env, env.dir / "app.db"
        env.sqlite_script(self.path, env.ok("ddl", "-q", "--dialect", "sqlite",
                                            systems.source(name, version)))

    def take(self, rows):
        self.run("PRAGMA foreign_keys = OFF; BEGIN;\n" + rows + "COMMIT;")

    def copied(self):
        twin = object.__new__(LiteAt)
        twin.env, twin.path = self.env, self.env.dir / "twin.db"
        shutil.copy(self.path, twin.path)
        yield twin

    def shell(self, sql):
        return self.env.run("sqlite3", "-bail", self.path, stdin=sql)

    def facts(self):
        return sqlite_facts(self.path, False)


AT = {"postgres": (PostgresAt, bookings.postgres_literal),
      "sqlite": (LiteAt, bookings.lite_literal)}


def filled_at(env, dialect, name, version):
    database = AT[dialect][0](env, name, version)
    fill(env, dialect, database, name, version)
    return database


def fill(env, dialect, database, name, version):
    literal = AT[dialect][1]
    if name == "bookings":
        tables = bookings.tables_of(systems.fresh_sqlite(env, name, version))
        database.take("".join(bookings.Filler().statements(tables, literal)))
    else:
        database.take(systems.content(env, name, version, dialect == "sqlite"))


def printed(env, name, version):
    """One file with nothing before it."""
    return written(env, f"{version}.sql", env.ok("print", "-q",
                                                 systems.source(name, version)))


def common_columns(one, other):
    """{table: names} of what both ends have, but for what data steps change."""
    return {table: [c.name for c in columns
                    if c.name in {o.name for o in other[table]}
                    and f"{table}.{c.name}" not in systems.CHANGED]
            for table, columns in one.items() if table in other}


def rows_of(database, tables, common):
    rows = database.rows(tables)
    return {table: [[row[name] for name in names if name in row] for row in rows[table]]
            for table, names in common.items()}


def taken(env, database, dialect, way, pair):
    done = database.shell(env.ok("diff", "-q", "--dialect", dialect, "--allow", "all",
                                 way, *pair))
    env.check(done.code == 0, done.story()[-3000:])


ENDS = {**systems.VERSIONS, "bookings": VERSIONS}
ONE_PLAN = [(dialect, way, name) for name in ("parking", "dealer", "variants", "bookings")
            for dialect, way in (("postgres", "--offline"), ("postgres", "--online"),
                                 ("postgres", "--down"), ("sqlite", "--offline"),
                                 ("sqlite", "--down"))
            if (name, way) not in (("dealer", "--offline"), ("dealer", "--online"))]


@params(*ONE_PLAN)
def test_one_plan_is_the_path(env, dialect, way, name):
    """The plan between two files, which knows of no version between them, and the one
    that goes through each."""
    ends = ENDS[name][0], ENDS[name][-1]
    start, end = ends[::-1] if way == "--down" else ends
    tables = {v: bookings.tables_of(systems.fresh_sqlite(env, name, v)) for v in ends}
    common = common_columns(tables[start], tables[end])
    database = filled_at(env, dialect, name, start)
    before = rows_of(database, tables[start], common)
    env.check(min(map(len, before.values())) > 0, "a table is empty")
    for path in database.copied():
        taken(env, path, dialect, way, [systems.source(name, v) for v in ends])
        facts, rows = path.facts(), rows_of(path, tables[end], common)
    taken(env, database, dialect, way, [printed(env, name, v) for v in ends])
    found = database.facts()
    env.equal([f for f in facts if f not in found], [], "only the path has")
    env.equal([f for f in found if f not in facts], [], "only the one plan has")
    after = rows_of(database, tables[end], common)
    for table in common:
        env.equal(after[table], rows[table], f"rows of {table} by one plan and by path")
        env.equal([row for row in before[table] if row not in after[table]], [],
                  f"rows of {table} that are gone or changed")


@params(("postgres", "--offline"), ("postgres", "--online"), ("sqlite", "--offline"))
def test_one_plan_without_its_data_step(env, dialect, way):
    """Each user of 1.0.0 gets a role in 1.1.0: the way around it is refused."""
    database = filled_at(env, dialect, "dealer", "1.0.0")
    done = database.shell(env.ok("diff", "-q", "--dialect", dialect, "--allow", "all",
                                 way, printed(env, "dealer", "1.0.0"),
                                 printed(env, "dealer", "1.2.0")))
    env.check(done.code != 0 and "role_id" in done.err, done.story()[-3000:])
    env.equal(database.ask("SELECT count(*) FROM users"), ["5"], "users")


# ---- labels of the others ----

STEPS = [(dialect, name, start, end) for dialect in AT for name, v in ENDS.items()
         for older, newer in zip(v, v[1:]) for start, end in ((older, newer),
                                                              (newer, older))
         if name != "bookings"]


# Where the data step of the way up makes rows that stay.
MADE = {"project_variants", "recipes"}


@params(*STEPS)
def test_labels_are_true(env, dialect, name, start, end):
    """One step there and back: what the label does not give up has come back, but for
    what the data steps are there to change."""
    ends = sorted((start, end), key=ENDS[name].index)
    pair = [systems.source(name, v) for v in ends]
    there, back = ("--down", "-q") if ends[0] == end else ("-q", "--down")
    tables = bookings.tables_of(systems.fresh_sqlite(env, name, start))
    database = filled_at(env, dialect, name, start)
    before = database.rows(tables)
    lost = said_lost(env, "--dialect", dialect, there, *pair)
    taken(env, database, dialect, there, pair)
    taken(env, database, dialect, back, pair)
    after = database.rows(tables)
    gone = lost | {f"column {column}" for column in systems.CHANGED}
    wanted, found = without(gone, before), without(gone, after)
    for table, rows in wanted.items():
        env.check(len(rows) > 0, f"{table} is empty")
        env.equal([row for row in found[table] if table not in MADE or row in rows], rows,
                  f"{table}, which no label gives up")
    _, fresh = systems.tables_of(systems.fresh_sqlite(env, name, start))
    for one in sorted(lost):
        table = one.split()[1].split(".")[0]
        env.check(after.get(table) != before[table] or fresh[table].has_rows,
                  f"the label gives up {one}, and it came back")


# ---- migrations that are compiled in, and what is asked of tables in use ----

APP = """
#include <stdio.h>
#include "NAME.h"

/* app DATABASE VERSION... */
int
main(int argc, char **argv)
{
    struct schemac_db *db;

    if (schemac_open_with(argv[1], SCHEMAC_OPEN_EXISTING, &db) != SCHEMAC_OK)
        return 1;
    for (int i = 2; i < argc; i++) {
        const struct schemac_migrate_options options = {
            .target = argv[i], .allow = SCHEMAC_HAZARD_DATA_LOSS,
        };

        if (NAME_migrate_with(db, &options) != SCHEMAC_OK) {
            puts(schemac_error(db)->message);
            return 1;
        }
    }
    schemac_close(db);
    return 0;
}
"""


@params(*ENDS)
def test_compiled_in(env, name):
    """A C program with the generated migrations does what the command line does."""
    ends = ENDS[name][0], ENDS[name][-1]
    folder = env.dir / "c"
    env.ok("gen", "-q", "--out", folder, systems.SCHEMAS / name)
    app = env.dir / "app"
    done = env.run("cc", "-std=c11", *os.environ.get("SANITIZE", "").split(),
                   f"-I{env.root}/src/runtime", f"-I{folder}", "-o", app,
                   *sorted(folder.glob("*.c")),
                   written(env, "app.c", APP.replace("NAME", name)),
                   env.context.build / "libschemac-sqlite.a", "-lsqlite3")
    env.check(done.code == 0, done.story())
    lite = object.__new__(LiteAt)
    lite.env, lite.path = env, env.dir / "line.db"
    systems.migrate(env, name, ends[0], lite.path)
    fill(env, "sqlite", lite, name, ends[0])
    other = env.dir / "program.db"
    shutil.copy(lite.path, other)
    for end in (ends[1], ends[0]):
        systems.migrate(env, name, end, lite.path, "--allow", "data-loss")
        done = env.run(app, other, end)
        env.check(done.code == 0, done.story())
        env.equal(sqlite_facts(other, True), sqlite_facts(lite.path, True), f"at {end}")
        env.equal(count_rows(env, other), count_rows(env, lite.path), f"rows at {end}")


def count_rows(env, path):
    return {table: env.query(path, f"SELECT count(*) FROM {table}") for (table,) in
            env.query(path, "SELECT name FROM sqlite_schema WHERE type = 'table'"
                      " AND name NOT LIKE 'sqlite_%'")}


def test_bookings_in_use(env):
    """What the plan asks for by hand, derived: nothing reads a large table under a lock,
    nothing waits for one for long."""
    sql = env.ok("diff", "-q", "--dialect", "postgres", "--online",
                 bookings.at("1.0.0"), bookings.at("1.1.0"))
    for words in ("CREATE INDEX CONCURRENTLY idx_bookings_location ON bookings",
                  "FOREIGN KEY (location_id) REFERENCES locations (id)"
                  " ON DELETE SET NULL NOT VALID;",
                  "VALIDATE CONSTRAINT bookings_location_id_fkey;"):
        env.equal(sql.count(words), 1, words)
    # Each transaction that changes the schema: those of @verify only read.
    for part in sql.split("BEGIN;")[1:]:
        env.check("lock_timeout = '5s'" in part or "ALTER TABLE" not in part, part)
    env.check(sql.index("NOT VALID;") < sql.index("COMMIT;", sql.index("NOT VALID;"))
              < sql.index("VALIDATE CONSTRAINT"), "one transaction")
