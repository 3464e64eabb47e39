"""Bounds of every kind that a validated check proves: of tables that join, and of new
partitions beside a default one, whose rows nobody reads while the parent is locked."""

from pathlib import Path

from runner.databases import created, psql, psql_refused
from runner.engines import load, spread

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
KILL = load(HERE.with_name("test_migrate_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
CASE = "tests/cases/plan/online-bounds"

ROWS = """
INSERT INTO spots SELECT 80 + n % 5, 'x', n FROM generate_series(1, 300) AS n;
INSERT INTO spots_mid SELECT 11 + n % 9, 'a', n FROM generate_series(1, 300) AS n;
INSERT INTO spots_mid VALUES (10, 'f', 0), (20, 'l', 0);
INSERT INTO spots_same SELECT 30, 'b', n FROM generate_series(1, 300) AS n;
INSERT INTO spots_open SELECT 40 + n % 11, 'z', n FROM generate_series(1, 300) AS n;
CREATE TABLE numbers (id bigint, no integer) PARTITION BY HASH (id, no);
CREATE TABLE numbers_1 PARTITION OF numbers FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE numbers_0 PARTITION OF numbers FOR VALUES WITH (MODULUS 2, REMAINDER 0);
INSERT INTO numbers SELECT n, n / 3 FROM generate_series(1, 600) AS n;
INSERT INTO users_0 SELECT * FROM numbers_0;
INSERT INTO users_1 SELECT * FROM numbers_1;
DROP TABLE numbers;
INSERT INTO feels SELECT 'good', n FROM generate_series(1, 300) AS n;
INSERT INTO feels_none SELECT CASE WHEN n % 2 = 0 THEN mood 'bad' END, n
FROM generate_series(1, 300) AS n;
INSERT INTO prices_low SELECT n / 10.0, 'a' FROM generate_series(1, 300) AS n;
INSERT INTO prices_high_a SELECT 100 + n, 'b' FROM generate_series(1, 300) AS n;
INSERT INTO ids SELECT 'f0000000-0000-0000-0000-000000000000', n
FROM generate_series(1, 300) AS n;
"""
COUNTS = "SELECT (SELECT count(*) FROM spots), (SELECT count(*) FROM users), " \
         "(SELECT count(*) FROM feels), (SELECT count(*) FROM prices), " \
         "(SELECT count(*) FROM ids)"
JOINED = "1202|600|600|600|300\n"


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def check_has_joined(env, url):
    to = env.root / CASE / "to.sql"
    env.equal(psql(env, url, COUNTS), JOINED, "the rows")
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)
    env.equal(psql(env, url, "SELECT conname FROM pg_constraint WHERE conname ~ "
                             "'schemac'"), "", "left behind")


def test_bounds_are_proved(env):
    url = old_database(env)
    script = env.ok("diff", "-q", url, env.root / CASE / "to.sql")
    env.check("WARNING" not in script, script)
    for piece in ONLINE.pieces(script):
        told = psql(env, url, "SET client_min_messages = debug1;" + piece)
        env.check("verifying table" not in told or "VALIDATE" in piece, piece + told)
    check_has_joined(env, url)


def test_up_down_up(env):
    old, new = (env.root / CASE / name for name in ("from.sql", "to.sql"))
    url = old_database(env)
    ONLINE.run(env, url, env.ok("diff", "-q", url, new))
    check_has_joined(env, url)
    ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, old))
    env.equal(env.ok("diff", "-q", "--exit-code", url, old), "", "what is left to do")
    ONLINE.run(env, url, env.ok("diff", "-q", url, new))
    check_has_joined(env, url)


def test_rows_in_the_way_are_found_before_anything_changes(env):
    url = old_database(env)
    to = env.root / CASE / "to.sql"
    for there, message in (
            ("INSERT INTO spots VALUES (60, 'b', 1)",
             "spots_rest has rows within the bound of spots_new"),
            ("INSERT INTO users_1 SELECT * FROM users_0 LIMIT 1",
             "users_1 has rows outside of the bound"),
            ("INSERT INTO prices_high_a VALUES (5, 'a')",
             "prices_high_a has rows outside of the bound")):
        psql(env, url, there)
        psql_refused(env, url, env.ok("diff", "-q", url, to), message)
        psql(env, url, "DELETE FROM spots WHERE a = 60; DELETE FROM users_1 WHERE (id, "
                       "no) IN (SELECT id, no FROM users_0);"
                       "DELETE FROM prices_high_a WHERE price = 5")
    ONLINE.run(env, url, env.ok("diff", "-q", url, to))
    check_has_joined(env, url)


def test_a_script_that_stopped_is_finished_by_the_next_diff(env):
    to = env.root / CASE / "to.sql"
    pieces = ONLINE.pieces(env.ok("diff", "-q", old_database(env), to))
    for stop in range(1, len(pieces), 9):
        url = old_database(env)
        for piece in pieces[:stop]:
            psql(env, url, piece)
        ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, to))
        check_has_joined(env, url)


def test_kill_9_and_resume(env):
    case = env.root / CASE
    folder = SHOP.make_shop(env, {"1.0.0": (case / "from.sql").read_text(),
                                  "1.1.0": (case / "to.sql").read_text()})

    def old_one():
        url = env.postgres()
        SHOP.must(env, folder, url, "to", "1.0.0")
        psql(env, url, ROWS)
        return url

    steps = KILL.step_count(SHOP.must(env, folder, old_one(), "up").err)
    for number in spread(2, steps - 1):
        url = old_one()
        KILL.kill_behind(env, folder, url, number)
        SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        env.equal(psql(env, url, COUNTS), JOINED, "the rows")
        SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")
    return f"killed behind {len(spread(2, steps - 1))} of {steps} steps"
