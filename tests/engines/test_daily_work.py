"""Typed C that a small program uses for a day's work in each of the five systems, on both
engines: the program brings the database up by the migrations that are compiled into it,
from nothing or from an older version with rows, and works with the rows.

At the end the database is the declaration, to `diff` and to `migrate verify`.
"""

from pathlib import Path

from runner.base import sanitizer_flags
from runner.databases import psql
from runner.engines import params

HERE = Path(__file__).resolve().parent / "daily"
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
SYSTEMS = ("parking", "dealer", "variants", "bookings", "bakery")
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow",
            "-Werror", "-Wno-missing-field-initializers"]
LIBRARIES = {"sqlite": ["libschemac-sqlite.a", "-lsqlite3"],
             "postgres": ["libschemac-postgres.a", "-lpq"]}


def generated(env, name):
    folder = env.dir / "c"
    env.ok("gen", "--out", folder, SCHEMAS / name)
    return folder


def compiled(env, name, engine):
    folder = generated(env, name)
    library, *flags = LIBRARIES[engine]
    done = env.run("cc", *WARNINGS, "-O0", *sanitizer_flags(),
                   f"-I{env.root}/src/runtime", f"-I{folder}", f"-I{HERE}", "-o", "app",
                   HERE / f"{name}.c", *sorted(folder.glob("*.c")),
                   env.context.build / library, *flags)
    env.check(done.code == 0, done.story())


def database_of(env, engine):
    return env.postgres() if engine == "postgres" else str(env.dir / "app.db")


def check_database(env, name, database):
    done = env.schemac("diff", "--exit-code", SCHEMAS / name, database)
    env.check(done.code == 0, done.story())
    done = env.schemac("migrate", "verify", SCHEMAS / name, "--database", database)
    env.check(done.code == 0, done.story())


@params(*((name, engine) for name in SYSTEMS for engine in LIBRARIES))
def test_day(env, name, engine):
    """From an empty database; the next day finds what the first one left."""
    compiled(env, name, engine)
    database = database_of(env, engine)
    done = env.run("./app", database)
    env.equal((done.code, done.out), (0, "ok\n"), done.story())
    check_database(env, name, database)
    again = env.run("./app", database)
    env.check(again.code == 1 and "is UNIQUE instead of OK" in again.out, again.story())


# A row of the first version that the compiled migrations carry along, and where it is.
OLDER = {
    "parking": ("INSERT INTO vehicles (number_plate, contact_name, phone_number)"
                " VALUES ('OLD 1', 'a', 'b')", "SELECT number_plate FROM vehicles"
                " WHERE number_plate = 'OLD 1'", "OLD 1"),
    "dealer": ("INSERT INTO branches (code, name) VALUES ('OLD', 'x')",
               "SELECT code FROM branches WHERE code = 'OLD'", "OLD"),
    "variants": ("INSERT INTO event_types (id, name) VALUES"
                 " ('00000000-0000-0000-0000-000000000001', 'OLD')",
                 "SELECT name FROM event_types", "OLD"),
    "bookings": ("INSERT INTO customers (id, email, first_name, last_name) VALUES"
                 " ('00000000-0000-0000-0000-000000000001', 'OLD', 'a', 'b')",
                 "SELECT email FROM customers WHERE email = 'OLD'", "OLD"),
    "bakery": ("INSERT INTO production_runs (actual_quantity, status)"
               " VALUES ('about 80', 'on hold')",
               "SELECT batch_number || ' ' || status FROM production_runs"
               " WHERE batch_number LIKE 'MIGRATED%'", "MIGRATED-1 ON_HOLD"),
}


@params(*((name, engine) for name in SYSTEMS for engine in LIBRARIES))
def test_migrations_compiled_in(env, name, engine):
    """A database of the first version with rows is brought up by the program itself."""
    first = sorted((p.stem for p in (SCHEMAS / name).glob("*.sql")),
                   key=lambda v: [int(part) for part in v.split(".")])[0]
    row, question, answer = OLDER[name]
    compiled(env, name, engine)
    database = database_of(env, engine)
    done = env.schemac("migrate", "to", first, SCHEMAS / name, "--database", database)
    env.check(done.code == 0, done.story())
    if engine == "postgres":
        psql(env, database, row)
    else:
        env.sqlite_script(Path(database), row + ";")
    done = env.run("./app", database, "allow")
    env.equal((done.code, done.out), (0, "ok\n"), done.story())
    found = (psql(env, database, question).strip() if engine == "postgres"
             else env.query(Path(database), question)[0][0])
    env.equal(found, answer, "the row of the first version")
    check_database(env, name, database)
