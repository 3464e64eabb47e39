"""Columns that get another type beside triggers for each UPDATE: who fills the copies
runs none of them, everybody else all of them, and in the end they are as declared."""

import contextlib
import subprocess

from pathlib import Path

from runner.base import environment
from runner.databases import created, psql, psql_refused
from runner.engines import load, spread
from runner.postgres import find_program

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
KILL = load(HERE.with_name("test_migrate_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))
CASE = "tests/cases/plan/online-triggers"

ROWS = """
INSERT INTO notes SELECT n, (n / 100.0)::text, 'long note', '2020-01-01'
FROM generate_series(1, 3000) AS n;
TRUNCATE log;
"""
# Each UPDATE of one row: each write, large, a statement.  Also those that change nothing.
WRITER = """
DO $$
DECLARE
    n integer := 0;
BEGIN
    WHILE NOT EXISTS (SELECT 1 FROM log WHERE what = 'end') LOOP
        n := n + 1;
        UPDATE notes SET note = note WHERE id = 1 + n % 3000;
        UPDATE notes SET note = 'other note' WHERE id = 3000 - n % 3000;
        INSERT INTO notes (id, amount) VALUES (10000 + n, '0.25');
        COMMIT;
        PERFORM pg_sleep(0.002);
    END LOOP;
    RAISE NOTICE 'wrote %', n;
END
$$;
"""
LOGGED = "SELECT what, count(*) FROM log WHERE what <> 'end' GROUP BY what ORDER BY 1"


@contextlib.contextmanager
def writer(env, url):
    """Another session that writes until the block ends; each write is in the log once."""
    session = subprocess.Popen([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                                "-d", url], text=True, cwd=env.dir, env=environment(),
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    session.stdin.write(WRITER)
    session.stdin.close()
    SHOP.wait_for(env, url, "SELECT count(*) > 3 FROM notes WHERE id > 10000")
    try:
        yield
    finally:
        psql(env, url, "INSERT INTO log (what) VALUES ('end')")
        told = session.stdout.read()
        session.wait()
    env.check(session.returncode == 0 and told.startswith("NOTICE:  wrote "), told)
    n = int(told.split()[-1])
    env.equal(psql(env, url, LOGGED),
              f'every "write"|{3 * n}\nlarge|{2 * n}\nstatement|{2 * n}\n', "the log")
    psql(env, url, "DELETE FROM notes WHERE id > 10000; TRUNCATE log")


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def check_rows(env, url):
    env.equal(psql(env, url, "SELECT count(*), sum(amount::numeric(10, 2)) FROM notes"),
              "3000|45015.00\n", "the rows")


def check_is(env, url, to):
    check_rows(env, url)
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.same_schema(url, created(env, to), column_order=False)


def test_no_row_is_touched_and_each_write_is_told(env):
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    script = env.ok("diff", "-q", url, to)
    env.check("WARNING" not in script and "schemac.filling" in script, script)
    ONLINE.run(env, url, script)
    env.equal(psql(env, url, LOGGED), "", "what nobody wrote")
    env.equal(psql(env, url, "SELECT DISTINCT changed_at FROM notes"),
              "2020-01-01 00:00:00+00\n", "touched")
    check_is(env, url, to)


def test_types_change_while_others_write(env):
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    with writer(env, url):
        ONLINE.run(env, url, env.ok("diff", "-q", url, to))
    check_is(env, url, to)


def test_up_down_up(env):
    old, new = (env.root / CASE / name for name in ("from.sql", "to.sql"))
    url = old_database(env)
    for to in (new, old, new):
        ONLINE.run(env, url, env.ok("diff", "-q", "--allow", "all", url, to))
        check_is(env, url, to)
    env.equal(psql(env, url, LOGGED), "", "what nobody wrote")


def test_nobody_else_can_hold_them_back(env):
    """Who may not make triggers on the table; also by way of its owner's routine."""
    to = env.root / CASE / "to.sql"
    url = old_database(env)
    env.context.postgres.make_roles(["writes_notes"])
    psql(env, url, """
        GRANT SELECT, UPDATE ON notes TO writes_notes;
        GRANT INSERT ON log TO writes_notes;
        CREATE FUNCTION write_it() RETURNS void LANGUAGE sql SECURITY DEFINER
            AS $$ UPDATE notes SET note = 'hidden' WHERE id = 1 $$""")
    pieces = ONLINE.pieces(env.ok("diff", "-q", "--allow", "all", url, to))
    begun = next(n for n, piece in enumerate(pieces) if "schemac.filling" in piece)
    for piece in pieces[:begun + 1]:
        psql(env, url, piece)
    psql(env, url, """
        SET SESSION AUTHORIZATION writes_notes;
        SET schemac.filling = 'on';
        UPDATE notes SET note = 'hidden' WHERE id = 1;
        SELECT write_it()""")
    env.equal(psql(env, url, LOGGED), 'every "write"|2\nlarge|2\nstatement|2\n', "log")
    fill = next(piece for piece in pieces if "\nDO $schemac$" in piece)
    psql_refused(env, url, "SET SESSION AUTHORIZATION writes_notes;" + fill,
                 "who fills needs the right TRIGGER")


def test_a_script_that_stopped_anywhere_is_finished_by_the_next_diff(env):
    to = env.root / CASE / "to.sql"
    pieces = ONLINE.pieces(env.ok("diff", "-q", old_database(env), to))
    for stop in spread(1, len(pieces) - 1, 4):
        url = old_database(env)
        for piece in pieces[:stop]:
            psql(env, url, piece)
        rest = env.ok("diff", "-q", url, to)
        env.check("WARNING" not in rest, rest)
        ONLINE.run(env, url, rest)
        check_is(env, url, to)
        env.equal(psql(env, url, LOGGED), "", "what nobody wrote")


def test_a_script_that_stopped_is_given_up(env):
    old = env.root / CASE / "from.sql"
    url = old_database(env)
    for piece in ONLINE.pieces(env.ok("diff", "-q", url, env.root / CASE / "to.sql"))[:3]:
        psql(env, url, piece)
    ONLINE.run(env, url, env.ok("diff", "-q", url, old))
    env.equal(env.ok("diff", "-q", "--exit-code", url, old), "", "what is left to do")
    env.same_schema(url, created(env, old))


def test_kill_9_at_each_boundary(env):
    case = env.root / CASE
    folder = SHOP.make_shop(env, {"1.0.0": (case / "from.sql").read_text(),
                                  "1.1.0": (case / "to.sql").read_text()})

    def old_one():
        url = env.postgres()
        SHOP.must(env, folder, url, "to", "1.0.0")
        psql(env, url, ROWS)
        return url

    steps = KILL.step_count(SHOP.must(env, folder, old_one(), "up").err)
    for number in spread(1, steps - 1):
        url = old_one()
        KILL.kill_behind(env, folder, url, number)
        with writer(env, url):
            SHOP.must(env, folder, url, "up")
        SHOP.verified(env, folder, url, "1.1.0")
        check_rows(env, url)
        SHOP.same_as_fresh(env, url, f"{folder}@1.1.0")
    return f"killed behind {len(spread(1, steps - 1))} of {steps} steps"
