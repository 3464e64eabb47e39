"""Partitions in use that leave: others write to the parent all the while, what the server
leaves behind is gone in the end, and an interrupted DETACH is finished."""

import contextlib
import signal
import subprocess

from pathlib import Path

from runner.base import environment
from runner.databases import created, psql
from runner.engines import load, params, spread
from runner.postgres import find_program

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
KILL = load(HERE.with_name("test_migrate_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
CASE = "tests/cases/plan/online-leave"

ROWS = """
INSERT INTO readings SELECT n, DATE '2023-01-01' + n % 730, n
FROM generate_series(1, 2000) n;
INSERT INTO "Ev ""ents" SELECT n, 'k' FROM generate_series(1, 500) n;
INSERT INTO areas SELECT n % 20, n % 5, n FROM generate_series(1, 200) n;
INSERT INTO towns SELECT (ARRAY['Aue', 'Kiel'])[1 + n % 2], n
FROM generate_series(1, 100) n;
"""
SUMS = """
SELECT count(*), sum(id) FROM (
    SELECT id FROM readings UNION ALL SELECT id FROM readings_2023
    WHERE tableoid NOT IN (SELECT inhrelid FROM pg_inherits)) AS r
WHERE id <= 2000;
SELECT sum(n) FROM areas_high;
SELECT sum(n), count(*) FROM areas_low_left;
SELECT count(*) FROM "Ev ""ents 0";
SELECT sum(n) FROM towns_east;
"""

# Each round is a transaction of its own, by way of the whole.
WRITER = """
DO $$
DECLARE
    n integer := 0;
BEGIN
    WHILE NOT EXISTS (SELECT 1 FROM readings WHERE id = 0) LOOP
        n := n + 1;
        INSERT INTO readings VALUES (10000 + n, DATE '2024-01-01' + n % 300, n);
        UPDATE readings SET value = value + 1 WHERE id = 10000 + n - 1;
        COMMIT;
        PERFORM pg_sleep(0.002);
    END LOOP;
    RAISE NOTICE 'wrote %', n;
END
$$;
"""


@contextlib.contextmanager
def writer(env, url):
    """Another session that writes until the block ends; nothing of it may be missing."""
    session = subprocess.Popen([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                                "-d", url], text=True, cwd=env.dir, env=environment(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    session.stdin.write(WRITER)
    session.stdin.close()
    SHOP.wait_for(env, url, "SELECT count(*) > 3 FROM readings WHERE id > 10000")
    try:
        yield
    finally:
        psql(env, url, "INSERT INTO readings VALUES (0, '2024-06-01', 0)")
        told = session.stdout.read()
        session.wait()
    env.check(session.returncode == 0 and told.startswith("NOTICE:  wrote "), told)
    env.equal(psql(env, url, "SELECT count(*) FROM readings WHERE id > 10000"),
              told.split()[-1] + "\n", "what it wrote")
    psql(env, url, "DELETE FROM readings WHERE id > 10000 OR id = 0")


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def sums(env):
    return psql(env, old_database(env), SUMS)


def check_is(env, url, to):
    env.equal(psql(env, url, SUMS), sums(env), "the rows")
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)


def test_partitions_leave_while_others_write(env):
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    script = env.ok("diff", "-q", url, to)
    env.equal(script.count(" CONCURRENTLY;"), 4, script)
    env.check("WARNING" not in script, script)
    with writer(env, url):
        ONLINE.run(env, url, script)
    check_is(env, url, to)


def test_up_down_up(env):
    old, new = (env.root / CASE / name for name in ("from.sql", "to.sql"))
    url = old_database(env)
    for to in (new, old, new):
        ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, to))
        check_is(env, url, to)


def test_a_script_that_stopped_is_finished_by_the_next_diff(env):
    to = env.root / CASE / "to.sql"
    pieces = ONLINE.pieces(env.ok("diff", "-q", old_database(env), to))
    env.check(len(pieces) >= 8, f"{len(pieces)} pieces")
    for stop in range(1, len(pieces), 2):
        url = old_database(env)
        for piece in pieces[:stop]:
            psql(env, url, piece)
        ONLINE.run(env, url, env.ok("diff", "-q", url, to))
        check_is(env, url, to)


def versions(env):
    case = env.root / CASE
    return {"1.0.0": (case / "from.sql").read_text(),
            "1.1.0": (case / "to.sql").read_text()}


def old_one(env, folder):
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, ROWS)
    return url


def test_kill_9_at_each_boundary(env):
    folder = SHOP.make_shop(env, versions(env))
    url = old_one(env, folder)
    steps = KILL.step_count(SHOP.must(env, folder, url, "up").err)
    env.check(steps > 8, f"{steps} steps")
    rows = sums(env)
    for number in spread(1, steps - 1):
        url = old_one(env, folder)
        KILL.kill_behind(env, folder, url, number)
        with writer(env, url):
            SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        env.equal(psql(env, url, SUMS), rows, "the rows")
        SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")
    SHOP.must(env, folder, url, "down", "--allow", "all")
    SHOP.verified(env, folder, url, "1.0.0")
    SHOP.must(env, folder, url, "up")
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, SUMS), rows, "the rows")


WAITING = "FROM pg_stat_activity WHERE query LIKE 'ALTER%DETACH%CONCURRENTLY%' AND " \
          "datname = current_database() AND wait_event_type = 'Lock'"
PENDING = "SELECT inhrelid::regclass FROM pg_inherits WHERE inhdetachpending"


def interrupt(env, url, *words):
    """While it waits for who reads the parent: the tie is marked, and still there."""
    with SHOP.held(env, url, "SELECT count(*) FROM areas"):
        process = env.start_schemac(*words)
        SHOP.wait_for(env, url, f"SELECT count(*) > 0 {WAITING}")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        psql(env, url, f"SELECT pg_terminate_backend(pid) {WAITING}")
        SHOP.wait_for(env, url, f"SELECT count(*) = 0 {WAITING}")
    env.equal(psql(env, url, PENDING), "areas_low\n", "half detached")


@params(True, False)
def test_an_interrupted_detach_is_finished(env, is_done):
    """By the next `migrate up`; also where somebody has finished it by hand."""
    folder = SHOP.make_shop(env, versions(env))
    url = old_one(env, folder)
    interrupt(env, url, "migrate", "up", folder, "--database", url)
    if is_done:
        psql(env, url, "ALTER TABLE areas DETACH PARTITION areas_low FINALIZE")
    with writer(env, url):
        SHOP.must(env, folder, url, "up")
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, SUMS), sums(env), "the rows")
    SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")


def test_apply_finishes_an_interrupted_detach(env):
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    interrupt(env, url, "apply", "--yes", "--database", url, to)
    told = env.schemac("describe", url)
    env.check("was interrupted" in told.err, told.story())
    env.ok("apply", "--yes", "--database", url, to)
    check_is(env, url, to)


def test_the_parent_is_read_and_written_meanwhile(env):
    """The locks that are held and waited for while a reader has the partition itself."""
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    piece = next(piece for piece in ONLINE.pieces(env.ok("diff", "-q", url, to))
                 if "readings_2023 CONCURRENTLY" in piece)
    with SHOP.held(env, url, "SELECT count(*) FROM readings_2023"):
        session = subprocess.Popen([find_program("psql"), "-X", "-q", "-d", url],
                                   text=True, env=environment(), stdin=subprocess.PIPE)
        session.stdin.write(piece)
        session.stdin.close()
        SHOP.wait_for(env, url, f"SELECT count(*) > 0 {WAITING}")
        psql(env, url + "&options=-cstatement_timeout%3D4s",
             "SELECT count(*) FROM readings; INSERT INTO readings VALUES "
             "(9000, '2024-05-01', 1); DELETE FROM readings WHERE id = 9000")
        modes = psql(env, url, "SELECT DISTINCT relation::regclass, mode FROM pg_locks l "
                               "JOIN pg_stat_activity a USING (pid) WHERE relation IN "
                               "('readings'::regclass) AND a.query LIKE 'ALTER%DETACH%' "
                               "ORDER BY 2")
        env.check("ExclusiveLock" not in modes.replace("ShareUpdateExclusiveLock", ""),
                  modes)
    session.wait()
    env.equal(session.returncode, 0, "DETACH")
