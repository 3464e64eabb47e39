"""Columns of tables in use that get another type: others write all the while, no row is
lost, and a run that stopped is finished."""

import contextlib
import subprocess

from pathlib import Path

from runner.base import environment
from runner.databases import created, psql, psql_refused
from runner.engines import load, params, spread
from runner.postgres import find_program

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
KILL = load(HERE.with_name("test_migrate_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
CASE = "tests/cases/diff/copied-columns"

ROWS = """
INSERT INTO customers (name, boss) SELECT 'c' || n, nullif(n / 2, 0)
FROM generate_series(1, 300) AS n;
INSERT INTO orders (customer_id, status, amount, cents, note)
SELECT 1 + n % 300, (ARRAY['open', 'paid'])[1 + n % 2],
    CASE WHEN n % 7 <> 0 THEN (n / 100.0)::text END, n, 'o' || n
FROM generate_series(1, 4000) AS n;
DELETE FROM orders WHERE id = 4000;
INSERT INTO visits SELECT n, '2024-02-03Z' FROM generate_series(1, 300) AS n;
"""
# The sums that tell whether a value is what it was.
ORDERS = """SELECT count(*), count(DISTINCT id), max(id), sum(customer_id),
    count(amount), sum(amount), sum(euros), count(*) FILTER (WHERE status = 'paid')
FROM orders WHERE note LIKE 'o%'"""
ORDERS_BEFORE = ORDERS.replace("sum(amount)", "sum(amount::numeric(12, 2))") \
    .replace("sum(euros)", "sum((cents / 100.0)::numeric(10, 2))")

# What is right in the old version and in the new one; each round is one transaction.  It
# ends with a customer of that name, as another table would be a change to the schema.
WRITER = """
DO $$
DECLARE
    n integer := 0;
    c bigint;
BEGIN
    WHILE NOT EXISTS (SELECT 1 FROM customers WHERE name = 'finish') LOOP
        n := n + 1;
        INSERT INTO customers (name) VALUES ('w' || n) RETURNING id INTO c;
        UPDATE customers SET boss = c WHERE id = 1 + n % 300;
        INSERT INTO orders (customer_id, status, amount, note)
        VALUES (c, 'paid', '0.25', 'w' || n);
        UPDATE orders SET amount = amount WHERE note = 'o' || 1 + n % 4000;
        UPDATE orders SET amount = '0.75' WHERE note = 'w' || n - 3;
        COMMIT;
        PERFORM pg_sleep(0.002);
    END LOOP;
    RAISE NOTICE 'wrote %', n;
END
$$;
"""
WRITTEN = """SELECT count(*) || '|' || bool_and(o.customer_id = c.id AND o.status = 'paid'
    AND o.amount = CASE WHEN substr(c.name, 2)::int > max.n - 3 THEN 0.25 ELSE 0.75 END)
FROM orders AS o JOIN customers AS c ON c.name = o.note,
    (SELECT max(substr(name, 2)::int) AS n FROM customers WHERE name LIKE 'w%') AS max
WHERE c.name LIKE 'w%'"""


@contextlib.contextmanager
def writer(env, url):
    """Another session that writes until the block ends; nothing of it may be missing."""
    session = subprocess.Popen([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                                "-d", url], text=True, cwd=env.dir, env=environment(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    session.stdin.write(WRITER)
    session.stdin.close()
    SHOP.wait_for(env, url, "SELECT count(*) > 3 FROM customers WHERE name LIKE 'w%'")
    try:
        yield
    finally:
        psql(env, url, "INSERT INTO customers (name) VALUES ('finish')")
        told = session.stdout.read()
        session.wait()
    env.check(session.returncode == 0 and told.startswith("NOTICE:  wrote "), told)
    env.equal(psql(env, url, WRITTEN), told.split()[-1] + "|true\n", "what it wrote")
    psql(env, url, "DELETE FROM orders WHERE note LIKE 'w%';"
                   "UPDATE customers SET boss = NULL;"
                   "DELETE FROM customers WHERE name !~ '^c'")


def rows_before(env):
    return psql(env, old_database(env), ORDERS_BEFORE)


def check_is_new(env, url, to):
    env.equal(psql(env, url, ORDERS), rows_before(env), "the rows")
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)
    env.equal(psql(env, url, "SELECT relname FROM pg_class WHERE relname ~ 'schemac'"),
              "", "left behind")
    # The numbers go on behind the last one that was given, not behind the highest.
    env.equal(psql(env, url, "INSERT INTO orders (customer_id) VALUES (1) RETURNING id > "
                             "4000 AND status = 'open'"), "t\n", "the next number")
    psql(env, url, "INSERT INTO customers (name) VALUES ('last')")
    psql_refused(env, url, "INSERT INTO visits VALUES (-1)", "visits_customer_fkey")


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def test_types_change_while_others_write(env):
    url = old_database(env)
    to = env.root / CASE / "to.sql"
    script = env.ok("diff", "-q", url, to)

    env.check("WARNING" not in script and "ALTER COLUMN id TYPE" not in script, script)
    with writer(env, url):
        ONLINE.run(env, url, script)
    check_is_new(env, url, to)


def test_a_run_that_stopped_is_finished_by_the_next_diff(env):
    to = env.root / CASE / "to.sql"
    pieces = ONLINE.pieces(env.ok("diff", "-q", old_database(env), to))
    stops = range(1, len(pieces), 7)

    env.check(len(stops) >= 3, f"{len(pieces)} pieces")
    for stop in stops:
        url = old_database(env)
        for piece in pieces[:stop]:
            psql(env, url, piece)
        rest = env.ok("diff", "-q", url, to)
        env.check("is lost" not in rest, rest)
        ONLINE.run(env, url, rest)
        check_is_new(env, url, to)


def test_a_run_that_stopped_is_given_up(env):
    """Back to the old declarations: the copies go, and nothing else."""
    old = env.root / CASE / "from.sql"
    url = old_database(env)
    pieces = ONLINE.pieces(env.ok("diff", "-q", url, env.root / CASE / "to.sql"))
    built = [n for n, piece in enumerate(pieces) if "INDEX CONCURRENTLY" in piece]
    for piece in pieces[:built[0] + 3]:
        psql(env, url, piece)
    back = env.ok("diff", "-q", url, old)
    env.check("is lost" not in back, back)
    ONLINE.run(env, url, back)
    env.equal(psql(env, url, ORDERS_BEFORE), rows_before(env), "the rows")
    env.equal(env.ok("diff", "-q", "--exit-code", url, old), "", "what is left to do")
    env.same_schema(url, created(env, old))


def versions(env):
    case = env.root / CASE
    return {"1.0.0": (case / "from.sql").read_text(),
            "1.1.0": (case / "to.sql").read_text()}


def test_migrate_while_others_write(env):
    folder = SHOP.make_shop(env, versions(env))
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, ROWS)
    with writer(env, url):
        SHOP.must(env, folder, url, "up")
    env.equal(psql(env, url, ORDERS), rows_before(env), "the rows")
    SHOP.verified(env, folder, url, "1.1.0")


def test_kill_9_at_each_boundary(env):
    folder = SHOP.make_shop(env, versions(env))
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, ROWS)
    steps = KILL.step_count(SHOP.must(env, folder, url, "up").err)
    env.check(steps > 30, f"{steps} steps")
    numbers = sorted({*spread(1, steps - 1), steps - 3})  # behind the swap, too
    for number in numbers:
        url = env.postgres()
        SHOP.must(env, folder, url, "to", "1.0.0")
        psql(env, url, ROWS)
        KILL.kill_behind(env, folder, url, number)
        SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        env.equal(psql(env, url, ORDERS), rows_before(env), "the rows")
    return f"killed behind {len(numbers)} of {steps} steps"
