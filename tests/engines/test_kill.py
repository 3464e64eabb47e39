"""kill -9 in the middle of a migration: the database is at exactly one version, whole,
and the next run completes what was begun.
"""

import random
import shutil
import signal
import sqlite3
import time

ROWS = 60000
KILLS = 12

VERSIONS = {
    "1.0.0": """
        CREATE TABLE items (
            id    INTEGER PRIMARY KEY AUTOINCREMENT,
            name  TEXT NOT NULL,
            price TEXT NOT NULL
        );
        CREATE TABLE log (
            id      INTEGER PRIMARY KEY,
            item_id INTEGER NOT NULL REFERENCES items (id)
        );
        """,
    # A rebuild of the larger table, and an index.
    "1.1.0": """
        CREATE TABLE items (
            id    INTEGER PRIMARY KEY AUTOINCREMENT,
            name  TEXT NOT NULL,
            price INTEGER NOT NULL CHECK (price >= 0),  -- @from CAST(price AS INTEGER)
            notes TEXT
        );
        CREATE INDEX items_name ON items (name);
        CREATE TABLE log (
            id      INTEGER PRIMARY KEY,
            item_id INTEGER NOT NULL REFERENCES items (id)
        );
        """,
    # A data step.
    "1.2.0": """
        -- @extends 1.1.0
        ALTER TABLE items ADD COLUMN label TEXT;
        -- @migrate
        UPDATE items SET label = name || ' at ' || price;
        -- @end
        -- @verify "every item has a label"
        SELECT count(*) = 0 FROM items WHERE label IS NULL;
        -- @end
        """,
}


def make_schema(env):
    folder = env.dir / "shop"
    folder.mkdir()
    for version, sql in VERSIONS.items():
        lines = [line.removeprefix("        ") for line in sql.strip("\n").splitlines()]
        (folder / f"{version}.sql").write_text("\n".join(lines) + "\n")
    return folder


def make_database(env, folder, name):
    path = env.dir / name
    env.ok("migrate", "to", "1.0.0", folder, "--database", path)
    connection = sqlite3.connect(path)
    connection.executemany("INSERT INTO items (name, price) VALUES (?, ?)",
                           ((f"item {n}", str(n % 1000)) for n in range(ROWS)))
    connection.execute("INSERT INTO log (item_id) SELECT id FROM items")
    connection.commit()
    connection.close()
    return path


def rows(env, path):
    return env.query(path, """
        SELECT count(*), min(id), max(id), sum(CAST(price AS INTEGER)),
               count(DISTINCT name)
        FROM items""")


def version_of(env, folder, path):
    out = env.ok("migrate", "status", folder, "--database", path)
    words = [line.split() for line in out.splitlines()]
    return next(w[1] for w in words if w[0] == "version:")


def test_kill_9_in_the_middle(env):
    folder = make_schema(env)
    whole = make_database(env, folder, "whole.db")
    template = whole.read_bytes()
    expected = rows(env, whole)
    started = time.monotonic()
    env.ok("migrate", "up", folder, "--database", whole)
    seconds = time.monotonic() - started
    generator = random.Random(1)
    seen = set()
    for attempt in range(KILLS):
        path = env.dir / "killed.db"
        for rest in env.dir.glob("killed.db*"):
            rest.unlink()
        path.write_bytes(template)
        process = env.start_schemac("migrate", "up", folder, "--database", path)
        time.sleep(seconds * (attempt + generator.random()) / KILLS)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        version = version_of(env, folder, path)
        seen.add((version, process.returncode))
        done = env.schemac("migrate", "verify", folder, "--database", path)
        env.check(done.code == 0, f"killed at {version}\n" + done.story())
        env.equal(env.query(path, "PRAGMA integrity_check"), [("ok",)], "integrity")
        env.equal(env.query(path, "PRAGMA foreign_key_check"), [], "orphans")
        env.equal(rows(env, path), expected, f"rows at {version}")
        env.ok("migrate", "up", folder, "--database", path)
        env.equal(version_of(env, folder, path), "1.2.0", "version after the next run")
        env.equal(rows(env, path), expected, "rows after the next run")
    killed = [v for v, code in seen if code == -signal.SIGKILL]
    env.check(killed, f"no run was killed before it ended: {seen}")


def test_reading_after_a_crash(env):
    """The journal of a killed writer is rolled back by a reader too."""
    folder = make_schema(env)
    path = make_database(env, folder, "app.db")
    expected = rows(env, path)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA cache_size = 5")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE items SET price = '7', name = 'changed ' || id")
    for suffix in ("", "-journal"):
        shutil.copy(f"{path}{suffix}", env.dir / f"crashed.db{suffix}")
    writer.close()
    crashed = env.dir / "crashed.db"
    env.check((env.dir / "crashed.db-journal").stat().st_size > 0, "there is no journal")
    done = env.schemac("diff", "--exit-code", f"{folder}@1.0.0", crashed)
    env.check(done.code == 0, done.story())
    env.equal(rows(env, crashed), expected, "rows")
    env.check(not (env.dir / "crashed.db-journal").exists(), "the journal is still there")


def test_failing_verify_leaves_the_version_before(env):
    folder = make_schema(env)
    path = make_database(env, folder, "app.db")
    text = (folder / "1.2.0.sql").read_text()
    (folder / "1.2.0.sql").write_text(text.replace("label IS NULL", "label IS NOT NULL"))
    done = env.schemac("migrate", "up", folder, "--database", path)
    env.check(done.code in (3, 4), done.story())
    env.check("every item has a label" in done.err, done.story())
    env.equal(version_of(env, folder, path), "1.1.0", "version")
    done = env.schemac("migrate", "verify", folder, "--database", path)
    env.check(done.code == 0, done.story())
