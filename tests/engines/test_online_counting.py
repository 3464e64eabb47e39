"""New columns that count in tables in use: others write all the while, each row has a
number of its own, and the next one is behind them, wherever a run stopped."""

import contextlib
import subprocess

from pathlib import Path

from runner.base import environment
from runner.databases import created, psql, psql_refused, written
from runner.engines import load, spread
from runner.postgres import find_program

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
KILL = load(HERE.with_name("test_migrate_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
CASE = "tests/cases/plan/online-counting"

ROWS = """
INSERT INTO events SELECT 'old' FROM generate_series(1, 20000);
INSERT INTO orders SELECT n, 'o' || n FROM generate_series(1, 3000) AS n;
INSERT INTO "Odd ""Names" SELECT 'c' || n FROM generate_series(1, 500) AS n;
INSERT INTO logged SELECT n FROM generate_series(1, 700) AS n;
"""

# What each version takes; each round is a transaction of its own, in the order of names
# that the plan locks tables in.
WRITER = """
DO $$
DECLARE
    n integer := 0;
BEGIN
    WHILE NOT EXISTS (SELECT 1 FROM events WHERE kind = 'end') LOOP
        n := n + 1;
        INSERT INTO events (kind) VALUES ('new');
        INSERT INTO logged (id) VALUES (10000 + n);
        INSERT INTO orders (id, note) VALUES (10000 + n, 'new');
        UPDATE orders SET note = 'o' WHERE id = 1 + n % 3000;
        COMMIT;
        PERFORM pg_sleep(0.002);
    END LOOP;
    RAISE NOTICE 'wrote %', n;
END
$$;
"""
COUNTS = """SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM orders),
    (SELECT count(*) FROM "Odd ""Names"), (SELECT count(*) FROM logged)"""
COLUMNS = {"events": "id", "orders": "number", '"Odd ""Names"': '"The ""No"""',
           "logged": "n"}


@contextlib.contextmanager
def writer(env, url):
    """Another session that writes until the block ends; nothing of it may be missing."""
    session = subprocess.Popen([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                                "-d", url], text=True, cwd=env.dir, env=environment(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    session.stdin.write(WRITER)
    session.stdin.close()
    SHOP.wait_for(env, url, "SELECT count(*) > 3 FROM orders WHERE id > 10000")
    try:
        yield
    finally:
        psql(env, url, "INSERT INTO events (kind) VALUES ('end')")
        told = session.stdout.read()
        session.wait()
    env.check(session.returncode == 0 and told.startswith("NOTICE:  wrote "), told)
    number = told.split()[-1]
    env.equal(psql(env, url, "SELECT count(*) FROM events WHERE kind = 'new';"
                             "SELECT count(*) FROM orders WHERE id > 10000;"
                             "SELECT count(*) FROM logged WHERE id > 10000"),
              f"{number}\n{number}\n{number}\n", "what it wrote")
    psql(env, url, "DELETE FROM orders WHERE id > 10000;"
                   "DELETE FROM events WHERE kind IN ('new', 'end');"
                   "DELETE FROM logged WHERE id > 10000")


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def check_numbers(env, url):
    env.equal(psql(env, url, COUNTS), "20000|3000|500|700\n", "the rows")
    for table, column in COLUMNS.items():
        env.equal(psql(env, url, f"SELECT count(*) - count(DISTINCT {column}) "
                                 f"FROM {table}"), "0\n", f"{table}: numbers twice")
    numbers = psql(env, url, '''
        BEGIN;
        SELECT max(id) FROM events;
        INSERT INTO events (kind) VALUES ('x') RETURNING id;
        SELECT max(number) FROM orders;
        INSERT INTO orders (id) VALUES (-1) RETURNING number;
        SELECT max("The ""No""") FROM "Odd ""Names";
        INSERT INTO "Odd ""Names" (code) VALUES ('x') RETURNING "The ""No""";
        SELECT max(n) FROM logged;
        INSERT INTO logged (id) VALUES (-1) RETURNING n;
        ROLLBACK''').split()
    for before, after in zip(numbers[::2], numbers[1::2]):
        env.check(int(after) > int(before), f"{after} is not behind {before}")
    env.equal(psql(env, url, "SELECT bool_and(number % 10 = 0 AND number >= 1000) "
                             "FROM orders"), "t\n", "numbers as declared")
    psql_refused(env, url, "INSERT INTO events (kind, id) VALUES ('x', 1)",
                 "cannot insert a non-DEFAULT value")


def check_is_new(env, url, to):
    check_numbers(env, url)
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)
    env.equal(psql(env, url, "SELECT relname FROM pg_class WHERE relname ~ 'schemac'"),
              "", "left behind")


def test_rows_are_numbered_while_others_write(env):
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    script = env.ok("diff", "-q", url, to)
    env.check("WARNING" not in script and "NOT VALID" in script, script)
    with writer(env, url):
        ONLINE.run(env, url, script)
    check_is_new(env, url, to)


def test_who_may_only_insert_goes_on(env):
    """An identity asks for no right on a sequence, neither while rows are numbered."""
    env.context.postgres.make_roles(["inserts_events"])
    url = old_database(env)
    right = "GRANT SELECT, INSERT ON events TO inserts_events;"
    to = written(env, "to.sql", (env.root / CASE / "to.sql").read_text() + right)
    psql(env, url, right)
    script = env.ok("diff", "-q", url, to)
    for piece in ONLINE.pieces(script):
        psql(env, url, piece)
        psql(env, url, "SET ROLE inserts_events; INSERT INTO events (kind) VALUES ('x')")
    env.equal(psql(env, url, "SELECT count(*) - count(DISTINCT id) FROM events"), "0\n",
              "numbers twice")


def test_up_down_up(env):
    old, new = (env.root / CASE / name for name in ("from.sql", "to.sql"))
    url = old_database(env)
    for _ in range(2):
        ONLINE.run(env, url, env.ok("diff", "-q", url, new))
        check_is_new(env, url, new)
        ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, old))
        env.equal(env.ok("diff", "-q", "--exit-code", url, old), "", "to do")
        env.equal(psql(env, url, COUNTS), "20000|3000|500|700\n", "the rows")


def test_a_script_that_stopped_anywhere_is_finished_by_the_next_diff(env):
    """Also in the middle of the batches, where some rows have numbers."""
    to = env.root / CASE / "to.sql"
    pieces = ONLINE.pieces(env.ok("diff", "-q", old_database(env), to))
    env.check(len(pieces) >= 10, f"{len(pieces)} pieces")
    for stop in range(1, len(pieces), 4):
        url = old_database(env)
        for piece in pieces[:stop]:
            psql(env, url, piece)
        if stop == 1:
            psql(env, url, "UPDATE orders SET number = DEFAULT WHERE id % 2 = 0")
        rest = env.ok("diff", "-q", url, to)
        env.check("WARNING" not in rest, rest)
        with writer(env, url):
            ONLINE.run(env, url, rest)
        check_is_new(env, url, to)


def test_a_script_that_stopped_is_given_up(env):
    old = env.root / CASE / "from.sql"
    url = old_database(env)
    for piece in ONLINE.pieces(env.ok("diff", "-q", url, env.root / CASE / "to.sql"))[:3]:
        psql(env, url, piece)
    ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, old))
    env.equal(env.ok("diff", "-q", "--exit-code", url, old), "", "what is left to do")
    env.same_schema(url, created(env, old))
    env.equal(psql(env, url, COUNTS), "20000|3000|500|700\n", "the rows")


def test_kill_9_at_each_boundary(env):
    case = env.root / CASE
    folder = SHOP.make_shop(env, {"1.0.0": (case / "from.sql").read_text(),
                                  "1.1.0": (case / "to.sql").read_text()})

    def old_one():
        url = env.postgres()
        SHOP.must(env, folder, url, "to", "1.0.0")
        psql(env, url, ROWS)
        return url

    url = old_one()
    steps = KILL.step_count(SHOP.must(env, folder, url, "up").err)
    env.check(steps > 12, f"{steps} steps")
    for number in spread(1, steps - 1):
        url = old_one()
        KILL.kill_behind(env, folder, url, number)
        with writer(env, url):
            SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        check_numbers(env, url)
        SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")
    return f"killed behind {len(spread(1, steps - 1))} of {steps} steps"
