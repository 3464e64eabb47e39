"""`migrate` on PostgreSQL while the tables are in use: steps in transactions of their
own, runs that are killed between them, readers that hold locks, builds that fail."""

import signal

from pathlib import Path

from runner.databases import check_same, created, psql
from runner.engines import load, params, spread

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))


def in_use(env):
    """A folder with the two sides of the case as versions, and the old one with rows."""
    case = env.root / ONLINE.CASE
    folder = SHOP.make_shop(env, {"1.0.0": (case / "from.sql").read_text(),
                                  "1.1.0": (case / "to.sql").read_text()})
    return folder, old_one(env, folder)


def old_one(env, folder):
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, ONLINE.ROWS)
    return url


def check_is_new(env, folder, url):
    SHOP.verified(env, folder, url, "1.1.0")
    check_same(env, SHOP.without_own_tables(env, url), created(env, f"{folder}@1.1.0"),
               "the migrated database")
    env.equal(psql(env, url, "SELECT count(*), count(DISTINCT token), sum(total),"
                             " bool_and(upper_code = upper(code)) FROM orders"),
              "5000|5000|12502500.00|t\n", "the rows")
    env.equal(psql(env, url, "SELECT count(*) FROM schemac_steps"), "0\n", "journal")
    env.equal(SHOP.history(env, url), ["create||1.0.0", "up|1.0.0|1.1.0"], "history")


def step_count(err):
    return max(int(line.split("/")[1].split()[0]) for line in err.splitlines()
               if ": 1/" in line)


def test_online_is_the_default(env):
    folder, url = in_use(env)
    err = SHOP.must(env, folder, url, "up").err
    env.check("validate constraint" in err, err)
    check_is_new(env, folder, url)
    url = old_one(env, folder)
    err = SHOP.must(env, folder, url, "up", "--offline").err
    env.check("validate constraint" not in err, err)
    SHOP.verified(env, folder, url, "1.1.0")
    SHOP.failed(env, 2, "--offline and --online exclude each other",
                SHOP.migrate(env, folder, url, "up", "--online", "--offline"))


def kill_behind(env, folder, url, number):
    """The step has run; whether its transaction is committed is left to chance."""
    process = env.start_schemac("migrate", "up", folder, "--database", url)
    mark = f"1.0.0 -> 1.1.0: {number}/".encode()
    lines = iter(process.stderr.readline, b"")
    env.check(any(line.startswith(mark) for line in lines), f"no step {number}")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    SHOP.wait_for(env, url, "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = "
                            "current_database()")


def test_kill_9_at_each_boundary(env):
    folder, url = in_use(env)
    steps = step_count(SHOP.must(env, folder, url, "up").err)
    env.check(steps > 20, f"{steps} steps")
    seen = set()
    for number in spread(1, steps - 1):
        url = old_one(env, folder)
        kill_behind(env, folder, url, number)
        seen.add(SHOP.status(env, folder, url).get("stands", "").split(" ")[0])
        SHOP.must(env, folder, url, "up")
        check_is_new(env, folder, url)
    env.check(len(seen) > 1, f"all stood alike: {seen}")
    return f"killed behind {len(spread(1, steps - 1))} of {steps} steps, " \
           f"{len(seen)} states"


def test_another_way_half_way(env):
    folder, url = in_use(env)
    kill_behind(env, folder, url, 12)
    SHOP.failed(env, 1, "planned another way",
                SHOP.migrate(env, folder, url, "up", "--offline"))
    SHOP.must(env, folder, url, "up")
    check_is_new(env, folder, url)


# ---- locks ----

def test_a_bounded_step_gives_up_and_comes_again(env):
    """In the middle: what stands is kept while a reader holds the table."""
    folder, url = in_use(env)
    with SHOP.held(env, url, "LOCK TABLE orders IN ACCESS SHARE MODE"):
        process = env.start_schemac("migrate", "up", folder, "--database",
                                    url + SHOP.SHORT)
        lines = iter(process.stderr.readline, b"")
        env.check(any(b"no lock (2), again in" in line for line in lines),
                  "it did not wait")
        out = psql(env, url + "&options=-cstatement_timeout%3D4s",
                   "SELECT count(*) FROM orders; INSERT INTO orders (customer_id, page, "
                   "code, total) VALUES (1, 'p', 'x', 0);"
                   "DELETE FROM orders WHERE code = 'x'")
        env.equal(out, "5000\n", "others go on")
    _, err = process.communicate(timeout=60)
    env.equal(process.returncode, 0, err.decode())
    check_is_new(env, folder, url)


def test_a_build_waits_for_an_old_transaction(env):
    """Longer than lock_timeout: giving up would leave half an index."""
    folder = SHOP.make_shop(env, UNIQUE)
    url = rows_of_unique(env, folder)
    with SHOP.held(env, url, "LOCK TABLE t IN ROW EXCLUSIVE MODE"):
        process = env.start_schemac("migrate", "up", folder, "--database",
                                    url + SHOP.SHORT)
        SHOP.wait_for(env, url, "SELECT count(*) > 0 FROM pg_stat_activity WHERE query "
                                "LIKE 'CREATE UNIQUE INDEX CONC%' AND datname = "
                                "current_database() AND clock_timestamp() - query_start "
                                "> '0.5 s'")
    _, err = process.communicate(timeout=60)
    env.equal(process.returncode, 0, err.decode())
    SHOP.verified(env, folder, url, "1.1.0")


# ---- builds ----

UNIQUE = {
    "1.0.0": """
        CREATE TABLE t (id integer PRIMARY KEY, code text NOT NULL, n integer NOT NULL);
        CREATE INDEX by_n ON t (n);
        """,
    "1.1.0": '''
        CREATE TABLE t (id integer PRIMARY KEY, code text NOT NULL, n integer NOT NULL);
        CREATE UNIQUE INDEX "one ""code""" ON t (code);
        ''',
}


def rows_of_unique(env, folder):
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, "INSERT INTO t SELECT n, 'c' || n, n FROM generate_series(1, 100) n")
    return url


def invalid(env, url):
    return psql(env, url, "SELECT indexrelid::regclass FROM pg_index "
                          "WHERE NOT indisvalid").strip()


def fails_to_build(env, folder, url):
    return SHOP.meets_late_rows(env, url, "INSERT INTO t VALUES (901, 'c1', 1)",
                                "migrate", "up", folder, "--database", url)


def test_a_build_that_failed_is_done_again(env):
    folder = SHOP.make_shop(env, UNIQUE)
    url = rows_of_unique(env, folder)
    done = SHOP.failed(env, 4, "could not create unique index",
                       fails_to_build(env, folder, url))
    env.check("does it again" in done.err, done.story())
    env.equal(invalid(env, url), '"one ""code"""', "left behind")
    SHOP.failed(env, 3, "rows that are alike", SHOP.migrate(env, folder, url, "up"))
    env.equal(invalid(env, url), '"one ""code"""', "still left behind")
    psql(env, url, "DELETE FROM t WHERE id > 900")
    SHOP.must(env, folder, url, "up")
    env.equal(invalid(env, url), "", "left behind")
    SHOP.verified(env, folder, url, "1.1.0")


def test_a_build_that_was_done_unheard(env):
    """As if killed between the step and the journal's word that it is done."""
    folder = SHOP.make_shop(env, UNIQUE)
    url = rows_of_unique(env, folder)
    SHOP.failed(env, 4, "could not create", fails_to_build(env, folder, url))
    psql(env, url, "DELETE FROM t WHERE id > 900; DROP INDEX \"one \"\"code\"\"\";"
                   "CREATE UNIQUE INDEX \"one \"\"code\"\"\" ON t (code)")
    SHOP.must(env, folder, url, "up")
    SHOP.verified(env, folder, url, "1.1.0")


@params(True, False)
def test_a_drop_that_was_killed(env, is_done):
    """While it waits, which leaves the index INVALID; or when it is done, unheard."""
    text = UNIQUE["1.0.0"].replace("CREATE INDEX by_n ON t (n);", "")
    folder = SHOP.make_shop(env, {"1.0.0": UNIQUE["1.0.0"], "1.1.0": text})
    url = rows_of_unique(env, folder)
    mine = "FROM pg_stat_activity WHERE query LIKE 'DROP INDEX CONC%' AND datname = " \
           "current_database() AND wait_event_type = 'Lock'"
    with SHOP.held(env, url, "LOCK TABLE t IN ROW EXCLUSIVE MODE"):
        process = env.start_schemac("migrate", "up", folder, "--database", url)
        SHOP.wait_for(env, url, f"SELECT count(*) > 0 {mine}")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        psql(env, url, f"SELECT pg_terminate_backend(pid) {mine}")
    env.equal(invalid(env, url), "by_n", "left behind")
    if is_done:
        psql(env, url, "DROP INDEX by_n")
    SHOP.must(env, folder, url, "up")
    SHOP.verified(env, folder, url, "1.1.0")
