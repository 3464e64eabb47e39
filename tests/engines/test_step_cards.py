"""What a plan says of its steps is what the server does: lock, rewriting and reading.

Each step runs in a transaction of its own on tables with rows; before it commits, the
server is asked which locks it holds on what was there before, which tables have another
file, and how many rows were read and written.  Steps that cannot run in a transaction
are run, not measured.
"""

import json

from pathlib import Path

from runner.databases import created, psql
from runner.engines import load

HERE = Path(__file__).resolve()

# From weak to strong, as pg_locks calls them and as plans do.
MODES = {"AccessShareLock": None, "RowShareLock": None,
         "RowExclusiveLock": "ROW EXCLUSIVE",
         "ShareUpdateExclusiveLock": "SHARE UPDATE EXCLUSIVE", "ShareLock": "SHARE",
         "ShareRowExclusiveLock": "SHARE ROW EXCLUSIVE", "ExclusiveLock": "EXCLUSIVE",
         "AccessExclusiveLock": "ACCESS EXCLUSIVE"}

BEGIN = """
BEGIN;
CREATE TEMP TABLE before ON COMMIT DROP AS
    SELECT oid, relfilenode, relkind FROM pg_class
    WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace,
                               'information_schema'::regnamespace)
        AND relkind IN ('r', 'p', 'i', 'I', 'm', 'v', 'S');
"""

ASK = """
SELECT coalesce(string_agg(DISTINCT l.mode, ','), '') || '|'
    || (SELECT count(*) FROM before b JOIN pg_class c USING (oid)
        WHERE c.relfilenode <> b.relfilenode AND c.relkind = 'r') || '|'
    || (SELECT coalesce(sum(n_tup_upd), 0) FROM pg_stat_xact_user_tables) || '|'
    || (SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)
        FROM pg_stat_xact_user_tables
        WHERE relid IN (SELECT oid FROM before))
FROM pg_locks l JOIN before b ON l.relation = b.oid
WHERE l.pid = pg_backend_pid() AND l.granted;
COMMIT;
"""


ROWS = """
INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 500) AS n;
INSERT INTO orders (customer_id, page, code, total)
SELECT 1 + n % 500, repeat('p', 200), 'o' || n, n FROM generate_series(1, 5000) AS n;
"""

MORE_ROWS = """
INSERT INTO parents SELECT n, 'p' || n, 's' || n, n FROM generate_series(1, 200) AS n;
INSERT INTO children (id, parent_id, n, m, code, label, gone, mood)
SELECT n, 1 + n % 200, n, n, 'c' || n, 'l' || n, 'g', 'good'
FROM generate_series(1, 3000) AS n;
INSERT INTO dropped SELECT n, n FROM generate_series(1, 100) AS n;
"""

ONLINE = "tests/cases/diff/tables-in-use"
MANY = "tests/cases/plan/many-changes"


def strongest(modes):
    held = [mode for mode in MODES if mode in modes.split(",")]
    return MODES[held[-1]] if held else None


def card_differences(env, url, step):
    """What the card says otherwise; None: the step could not be measured."""
    sql = "".join(text + ";\n" for text in step["sql"])
    if step["transaction"] == "none":
        psql(env, url, sql)
        return None
    answer = psql(env, url, BEGIN + sql + ASK).split("\n")[-2]
    modes, files, updated, read = answer.split("|")
    rewritten = int(files) > 0 or int(updated) > 0
    seen = {"lock": strongest(modes), "rewrites": rewritten}
    if not rewritten:
        seen["scans"] = int(read) > 0
    return [f"{step['title']}: {what} {step[what]}, the server: {value} ({answer})\n{sql}"
            for what, value in seen.items() if value != step[what]]


def check_cards(env, folder, rows, least, *options):
    url = created(env, env.root / folder / "from.sql")
    psql(env, url, rows + "ANALYZE;")
    text = env.ok("plan", "-q", "--format", "json", "--allow", "all", *options, url,
                  env.root / folder / "to.sql")
    steps = [step for plan in json.loads(text)["plans"] for step in plan["steps"]]
    found = [card_differences(env, url, step) for step in steps]
    measured = [one for one in found if one is not None]
    env.equal([text for one in measured for text in one], [], "cards that are wrong")
    env.check(len(measured) >= least, f"{len(measured)} steps were measured, not {least}")


def test_cards_of_the_short_way(env):
    check_cards(env, ONLINE, ROWS, 10, "--offline")


def test_cards_of_tables_in_use(env):
    check_cards(env, ONLINE, ROWS, 15, "--online")


def test_cards_of_more_changes(env):
    check_cards(env, MANY, MORE_ROWS, 15, "--offline")


def test_cards_of_more_changes_in_use(env):
    check_cards(env, MANY, MORE_ROWS, 18, "--online")


def test_cards_of_copied_columns(env):
    copies = load(HERE.with_name("test_online_types.py"))
    check_cards(env, copies.CASE, copies.ROWS, 25, "--online")
