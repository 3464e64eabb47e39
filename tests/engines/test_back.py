"""@back on a column that a version drops: its values are computed on the way back, on
both engines with rows, in a delta and in declarations written whole."""

import re

from runner.databases import Shell
from runner.engines import params

ENGINES = params("sqlite", "postgres")

OLD = """-- @schema staff
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    born DATE,
    wage DECIMAL(8,2) NOT NULL DEFAULT 7
);
"""

DELTA = """-- @schema staff
-- @extends 1.0.0
-- @from substr(name, 1, 3)
ALTER TABLE people ADD COLUMN first TEXT NOT NULL;
ALTER TABLE people
    ADD COLUMN last TEXT NOT NULL, -- @from substr(name, 5)
    -- @back first || ' ' || last
    DROP COLUMN name;
ALTER TABLE people ADD COLUMN cents BIGINT NOT NULL; -- @from 100
-- @back pence
ALTER TABLE people DROP COLUMN wage;
ALTER TABLE people RENAME COLUMN cents TO pence;
"""

WHOLE = """-- @schema staff
-- @back name = (first || ' ' || last)
-- @back wage = (pence)
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    born DATE,
    first TEXT NOT NULL, -- @from substr(name, 1, 3)
    last TEXT NOT NULL, -- @from substr(name, 5)
    pence BIGINT NOT NULL -- @from 100
);
"""

ROWS = "INSERT INTO people (id, name, born) VALUES (1, 'Ann Lee', NULL), " \
       "(2, 'Bob O''Hara', '2001-02-03')"


def schema_folder(env, newer):
    folder = env.dir / "staff"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text(OLD)
    (folder / "2.0.0.sql").write_text(newer)
    return folder


NOT_RETURNED = "The way back does not return:"


def way_up(env, engine, folder):
    return env.ok("plan", "-q", "--dialect", engine, f"{folder}@1.0.0",
                  f"{folder}@2.0.0")


def check_promise(env, engine, folder, newer):
    """The plan of the way up says what comes back: without @back those columns do not."""
    told = way_up(env, engine, folder)
    env.check(NOT_RETURNED not in told, told)
    silent = env.dir / "silent"
    silent.mkdir()
    (silent / "1.0.0.sql").write_text(OLD)
    (silent / "2.0.0.sql").write_text(re.sub("-- @back .*", "", newer))
    told = way_up(env, engine, silent)
    env.check(NOT_RETURNED in told and "the values of people.name" in told, told)


def there_and_back(env, engine, newer):
    folder, db = schema_folder(env, newer), Shell(env, engine)
    env.ok("migrate", "to", "1.0.0", folder, "--database", db.at)
    db.ok(ROWS)
    env.ok("migrate", "up", folder, "--database", db.at, "--allow", "data-loss")
    env.equal(db.ok("SELECT first, last, pence FROM people ORDER BY id;"),
              "Ann|Lee|100\nBob|O'Hara|100\n", "the way up")
    check_promise(env, engine, folder, newer)
    env.ok("migrate", "to", "1.0.0", folder, "--database", db.at,
           "--allow", "data-loss")
    env.equal(db.ok("SELECT name, born FROM people ORDER BY id;"),
              "Ann Lee|\nBob O'Hara|2001-02-03\n", "the way back")
    # A decimal on SQLite is a whole number of hundredths.
    wage = "100.00" if engine == "postgres" else "10000"
    env.equal(db.ok("SELECT DISTINCT wage FROM people;"), wage + "\n", "the decimal")
    env.ok("migrate", "verify", folder, "--database", db.at)


@ENGINES
def test_delta(env, engine):
    there_and_back(env, engine, DELTA)


@ENGINES
def test_whole(env, engine):
    there_and_back(env, engine, WHOLE)
