"""Versions that change several tables while programs write these the other way round:
children first, and their parents last.  The migration ends, no program is ended for it,
and all that was written is there."""

import contextlib
import re
import subprocess

from pathlib import Path

from runner.base import environment
from runner.databases import created, psql, written
from runner.engines import load
from runner.postgres import find_program

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
WRITERS = 3
ALLOW = ("--allow", "data-loss")

OLD = """
CREATE TABLE customers (id integer PRIMARY KEY, n integer NOT NULL, name text);
CREATE TABLE orders (id integer PRIMARY KEY, n integer NOT NULL, customer integer,
    total integer NOT NULL, old_note text);
CREATE TABLE lines (id integer PRIMARY KEY, n integer NOT NULL,
    order_id integer REFERENCES orders, price integer, code text NOT NULL);
CREATE INDEX lines_by_order ON lines (order_id);
CREATE VIEW paid AS SELECT o.id, l.price FROM orders o JOIN lines l ON l.order_id = o.id;
"""
NEW = """
CREATE TABLE customers (id integer PRIMARY KEY, n integer NOT NULL, name text NOT NULL,
    mail text);
CREATE TABLE orders (id integer PRIMARY KEY, n integer NOT NULL,
    customer integer REFERENCES customers, total bigint NOT NULL,
    CONSTRAINT orders_total_check CHECK (total > 0));
CREATE TABLE lines (id integer PRIMARY KEY, n integer NOT NULL,
    order_id integer NOT NULL,
    -- @was price
    cost integer, code text NOT NULL UNIQUE, CONSTRAINT lines_of FOREIGN KEY (order_id)
    REFERENCES orders ON DELETE CASCADE);
CREATE VIEW paid AS SELECT o.id, l.cost FROM orders o JOIN lines l ON l.order_id = o.id;
"""
ROWS = """
INSERT INTO customers SELECT n, 0, 'c' || n FROM generate_series(1, 200) AS n;
INSERT INTO orders SELECT n, 0, 1 + n % 200, n FROM generate_series(1, 2000) AS n;
INSERT INTO lines SELECT n, 0, 1 + n % 2000, n, 'l' || n FROM generate_series(1, 4000) n;
"""

# A transaction each; `one` keeps the writers apart, so that they meet the migration only.
WRITER = """
DO $$
DECLARE
    one constant integer := {one};
    wrote integer := 0;
    failed integer := 0;
BEGIN
    WHILE (SELECT name <> 'stop' FROM customers WHERE id = 200) LOOP
        BEGIN
            UPDATE lines SET n = n + 1 WHERE id = 4 * (wrote % 900) + one;
            PERFORM pg_sleep(0.003);
            UPDATE orders SET n = n + 1 WHERE id = 4 * (wrote % 400) + one;
            PERFORM pg_sleep(0.003);
            UPDATE customers SET n = n + 1 WHERE id = 4 * (wrote % 40) + one;
            wrote := wrote + 1;
        EXCEPTION WHEN deadlock_detected THEN
            failed := failed + 1;
        END;
        COMMIT;
    END LOOP;
    RAISE NOTICE 'wrote %, failed %', wrote, failed;
END
$$;
"""


@contextlib.contextmanager
def writers(env, url):
    """Yields what is [wrote, failed] in the end."""
    told = [0, 0]
    sessions = []
    for one in range(1, WRITERS + 1):
        session = subprocess.Popen([find_program("psql"), "-X", "-q", "-d", url],
                                   text=True, env=environment(), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        session.stdin.write(WRITER.format(one=one))
        session.stdin.close()
        sessions.append(session)
    SHOP.wait_for(env, url, f"SELECT count(*) >= {WRITERS} FROM lines WHERE n > 0")
    try:
        yield told
    finally:
        psql(env, url, "UPDATE customers SET name = 'stop' WHERE id = 200")
        outs = [session.stdout.read() for session in sessions]
        for session in sessions:
            session.wait()
            session.stdout.close()
    for out in outs:
        found = re.search(r"wrote (\d+), failed (\d+)", out)
        env.check(found is not None, out)
        told[0] += int(found[1])
        told[1] += int(found[2])


def check_rows(env, url, told):
    wrote, failed = told
    env.equal(psql(env, url, "SELECT (SELECT sum(n) FROM customers), (SELECT sum(n) FROM "
                             "orders), (SELECT sum(n) FROM lines), (SELECT sum(total) "
                             "FROM orders)"), f"{wrote}|{wrote}|{wrote}|2001000\n",
              "what was written")
    env.equal(failed, 0, f"writers that were ended, of {wrote} transactions")


def old_one(env, folder):
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, ROWS)
    return url


def test_migrate(env):
    folder = SHOP.make_shop(env, {"1.0.0": OLD, "1.1.0": NEW})
    url = old_one(env, folder)
    with writers(env, url) as told:
        up = SHOP.must(env, folder, url, "up", *ALLOW).err
        down = SHOP.must(env, folder, url, "down", *ALLOW).err
        up += SHOP.must(env, folder, url, "up", *ALLOW).err
    SHOP.verified(env, folder, url, "1.1.0")
    check_rows(env, url, told)
    tries = (up + down).count("no lock (")
    return f"{told[0]} transactions of others, {told[1]} of them ended; " \
           f"{tries} tries of ours were given up"


def test_script(env):
    """A piece that gave up is run again, as one does by hand."""
    to = written(env, "new.sql", NEW)
    url = created(env, written(env, "old.sql", OLD))
    psql(env, url, ROWS)
    pieces = ONLINE.pieces(env.ok("diff", "-q", "--allow", "all", url, to))
    tries = 0
    with writers(env, url) as told:
        for piece in pieces:
            while True:
                done = env.run(find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                               "-d", url, stdin=piece)
                if done.code == 0:
                    break
                env.check("lock timeout" in done.err, done.story())
                tries += 1
                env.check(tries < 100, "it never got its locks")
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    check_rows(env, url, told)
    return f"{told[0]} transactions of others, {tries} tries of ours were given up"


DATA = """
-- @migrate
UPDATE customers SET n = n + 0;
SELECT pg_sleep(0.6);
UPDATE lines SET n = n + 0;
-- @end
"""
SLEEPS = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND " \
         "datname = current_database()"


def test_a_deadlock_of_ours_is_tried_again(env):
    """A data step that writes rows crosswise to another transaction: its own session
    looks first, so it is the one that is ended."""
    folder = SHOP.make_shop(env, {"1.0.0": OLD, "1.1.0": OLD + DATA})
    url = old_one(env, folder)
    with SHOP.held(env, url, "UPDATE lines SET n = 7 WHERE id = 1") as other:
        process = env.start_schemac("migrate", "up", folder, "--database",
                                    url + "&options=-cdeadlock_timeout%3D20ms")
        SHOP.wait_for(env, url, SLEEPS)
        other.stdin.write("UPDATE customers SET n = 7 WHERE id = 1; COMMIT;\n")
        other.stdin.flush()
        err = process.communicate()[1].decode()
    env.equal(process.returncode, 0, err)
    env.check("no lock (1), again" in err, err)
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, "SELECT (SELECT sum(n) FROM customers), (SELECT sum(n) FROM "
                             "lines)"), "7|7\n", "what the other one wrote")
