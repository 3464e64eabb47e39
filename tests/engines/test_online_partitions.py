"""Indexes and keys of partitioned tables in use: built by their parts while others write,
valid in the end, under the names that a new database has, wherever a run stopped."""

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
CASE = "tests/cases/plan/online-partitions"

ROWS = """
INSERT INTO readings
SELECT n, DATE '2023-01-01' + n % 730, 1 + n % 5, n % 100
FROM generate_series(1, 6000) AS n;
"""
SUMS = "SELECT count(*), sum(id), sum(value), count(DISTINCT at) FROM readings " \
       "WHERE id <= 6000"

ATTACH = "tests/cases/plan/online-attach"
ATTACH_ROWS = """
INSERT INTO readings SELECT n, DATE '2023-01-01' + n % 365, n
FROM generate_series(1, 2000) AS n;
INSERT INTO readings SELECT n, DATE '2026-01-01' + n % 365, n
FROM generate_series(2001, 3000) AS n;
INSERT INTO readings_2024 SELECT n, DATE '2024-01-01' + n % 365, n
FROM generate_series(3001, 6000) AS n;
INSERT INTO readings_2025 SELECT 6000 + n, DATE '2025-01-01' + n % 365, n
FROM generate_series(1, 500) AS n;
INSERT INTO towns SELECT 'Aue', n FROM generate_series(1, 100) AS n;
INSERT INTO towns_west SELECT (ARRAY['Kiel', 'Trier', 'Ulm'])[1 + n % 3], n
FROM generate_series(1, 1000) AS n;
"""

# Each round is a transaction of its own, by way of the whole and of a partition.
WRITER = """
DO $$
DECLARE
    n integer := 0;
BEGIN
    WHILE NOT EXISTS (SELECT 1 FROM readings WHERE id = 0) LOOP
        n := n + 1;
        INSERT INTO readings VALUES (10000 + n, DATE '2023-01-01' + n % 730, n % 5, n);
        UPDATE readings SET value = value WHERE id = 1 + n % 6000;
        UPDATE readings_2023 SET value = -n WHERE id = 10000 + n;
        COMMIT;
        PERFORM pg_sleep(0.002);
    END LOOP;
    RAISE NOTICE 'wrote %', n;
END
$$;
"""
WRITTEN = "SELECT count(*) || '|' || bool_and(abs(value) = id - 10000) FROM readings " \
          "WHERE id > 10000"


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
        psql(env, url, "INSERT INTO readings VALUES (0, '2024-06-01', 9, 0)")
        told = session.stdout.read()
        session.wait()
    env.check(session.returncode == 0 and told.startswith("NOTICE:  wrote "), told)
    env.equal(psql(env, url, WRITTEN), told.split()[-1] + "|true\n",
              "what it wrote")
    psql(env, url, "DELETE FROM readings WHERE id > 10000 OR id = 0")


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def check_is_new(env, url, to):
    env.equal(psql(env, url, SUMS), psql(env, old_database(env), SUMS), "the rows")
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)
    env.equal(psql(env, url, "SELECT indexrelid::regclass FROM pg_index WHERE NOT "
                             "indisvalid"), "", "not valid")
    env.equal(psql(env, url, "SELECT relname FROM pg_class WHERE relname ~ "
                             "'schemac_new'"), "", "left behind")
    psql_refused(env, url, "INSERT INTO readings SELECT * FROM readings WHERE id = 7",
                 "duplicate key value")


def test_indexes_and_keys_are_built_while_others_write(env):
    url = old_database(env)
    to = env.root / CASE / "to.sql"
    script = env.ok("diff", "-q", url, to)

    env.check("ON ONLY" in script and "WARNING" not in script, script)
    with writer(env, url):
        ONLINE.run(env, url, script)
    check_is_new(env, url, to)


def test_the_way_back_is_online_too(env):
    """From the new declarations to the old ones, where other parts go and come."""
    old, new = (env.root / CASE / name for name in ("from.sql", "to.sql"))
    url = created(env, new)
    psql(env, url, ROWS)
    script = env.ok("diff", "-q", "--allow", "all", url, old)

    env.check("ON ONLY" in script, script)
    with writer(env, url):
        ONLINE.run(env, url, script)
    env.equal(env.ok("diff", "-q", "--exit-code", url, old), "", "what is left to do")
    env.same_schema(url, created(env, old), column_order=False)
    env.equal(psql(env, url, SUMS), psql(env, old_database(env), SUMS), "the rows")


def test_a_run_that_stopped_is_finished_by_the_next_diff(env):
    to = env.root / CASE / "to.sql"
    pieces = ONLINE.pieces(env.ok("diff", "-q", old_database(env), to))
    stops = range(2, len(pieces), 13)

    env.check(len(stops) >= 3, f"{len(pieces)} pieces")
    for stop in stops:
        url = old_database(env)
        for piece in pieces[:stop]:
            psql(env, url, piece)
        ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, to))
        check_is_new(env, url, to)


def test_kill_9_and_resume(env):
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
    env.check(steps > 40, f"{steps} steps")
    sums = psql(env, url, SUMS)
    for number in spread(2, steps - 1):
        url = old_one()
        KILL.kill_behind(env, folder, url, number)
        with writer(env, url):
            SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        env.equal(psql(env, url, SUMS), sums, "the rows")
        SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")
    return f"killed behind {len(spread(2, steps - 1))} of {steps} steps"


# ---- tables that become partitions ----

def joining(env):
    url = created(env, env.root / ATTACH / "from.sql")
    psql(env, url, ATTACH_ROWS)
    return url


def check_has_joined(env, url):
    to = env.root / ATTACH / "to.sql"
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)
    env.equal(psql(env, url, "SELECT count(*), sum(id) FROM readings WHERE id <= 6000;"
                             "SELECT count(*), sum(n) FROM towns"),
              "6000|18003000\n1100|505550\n", "the rows")


def test_tables_join_while_others_write(env):
    url = joining(env)
    script = env.ok("diff", "-q", url, env.root / ATTACH / "to.sql")
    env.check("WARNING" not in script and "schemac_bound" in script, script)
    pieces = ONLINE.pieces(script)
    for number, piece in enumerate(pieces):
        psql(env, url, piece)
        psql(env, url, "INSERT INTO readings_2024 VALUES "
                       f"({10000 + number}, '2024-12-31', 1);"
                       f"INSERT INTO readings VALUES ({20000 + number}, '2027-01-01', 1)")
    check_has_joined(env, url)
    env.equal(psql(env, url, "SELECT count(*) FROM readings WHERE id >= 10000"),
              f"{2 * len(pieces)}\n", "what others wrote")


def test_rows_outside_of_the_bound_are_found_before_it_joins(env):
    url = joining(env)
    psql(env, url, "INSERT INTO readings_2024 VALUES (9, '2025-01-01', 1)")
    script = env.ok("diff", "-q", url, env.root / ATTACH / "to.sql")
    psql_refused(env, url, script, "readings_2024 has rows outside of the bound")
    psql(env, url, "DELETE FROM readings_2024 WHERE id = 9;"
                   "INSERT INTO readings VALUES (9, '2025-01-01', 1)")
    psql_refused(env, url, script, "readings_rest has rows within the bound")
    psql(env, url, "DELETE FROM readings WHERE id = 9 AND at = '2025-01-01'")
    ONLINE.run(env, url, script)
    check_has_joined(env, url)


def test_a_table_joins_with_an_index_in_one_version(env):
    """Built in one go, as the tree is not what it will be, and for who joins before."""
    case = env.root / "tests/cases/plan/online-partitions-whole"
    url = created(env, case / "from.sql")
    psql(env, url, "INSERT INTO readings SELECT n, '2023-05-01' FROM generate_series(1, "
                   "50) AS n; INSERT INTO readings_2024 SELECT n, '2024-05-01' FROM "
                   "generate_series(1, 50) AS n")
    ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, case / "to.sql"))
    env.equal(env.ok("diff", "-q", "--exit-code", url, case / "to.sql"), "", "to do")
    env.same_schema(url, created(env, case / "to.sql"), column_order=False)
    env.equal(psql(env, url, "SELECT count(*) FROM readings"), "100\n", "the rows")


def test_the_part_of_another_index_keeps_its_name(env):
    """An index gets the column of one that stays, whose parts have its parts' names."""
    old = """
        CREATE TABLE t (id integer PRIMARY KEY, a date, d date) PARTITION BY RANGE (id);
        CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE INDEX moves ON t (a);
        CREATE INDEX stays ON t (d DESC);"""
    begin = written(env, "old.sql", old)
    end = written(env, "new.sql", old.replace("ON t (a)", "ON t (d)"))
    for is_live in (True, False):
        url = created(env, begin)
        psql(env, url, "INSERT INTO t VALUES (1, '2024-01-01', '2024-02-01')")
        ONLINE.run(env, url, env.ok("diff", "-q", "--online", "--dialect", "postgres",
                                    url if is_live else begin, end))
        env.equal(env.ok("diff", "-q", "--exit-code", url, end), "", "to do")
        env.equal(psql(env, url, "SELECT indexdef FROM pg_indexes WHERE tablename = 'low'"
                                 " AND indexdef ~ '[(]d' ORDER BY 1").count("\n"), 2,
                  "indexes")


def test_joining_is_killed_and_goes_on(env):
    case = env.root / ATTACH
    folder = SHOP.make_shop(env, {"1.0.0": (case / "from.sql").read_text(),
                                  "1.1.0": (case / "to.sql").read_text()})
    for number in (2, 5, 8):
        url = env.postgres()
        SHOP.must(env, folder, url, "to", "1.0.0")
        psql(env, url, ATTACH_ROWS)
        KILL.kill_behind(env, folder, url, number)
        SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")
