"""What a plan says of its steps is what the server does: lock, rewriting and reading.

Each step runs in a transaction of its own on tables with rows; before it commits, the
server is asked which locks it holds on what was there before, which tables have another
file, and how many rows were read and written.  Steps that cannot run in a transaction
are run, not measured.
"""

import json
import re

from pathlib import Path

from runner.databases import created, psql, written
from runner.engines import load, params

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
        WHERE relid IN (SELECT oid FROM before)) || '|'
    || (SELECT coalesce(sum(n_tup_ins), 0) FROM pg_stat_xact_user_tables
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

# In each table; other columns hold NULL.
ROWS_OF_COLUMNS = """
DO $$ DECLARE t name; BEGIN
FOR t IN SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('INSERT INTO %I (id) SELECT generate_series(1, 100)', t);
END LOOP; END $$;
"""

ONLINE = "tests/cases/diff/tables-in-use"
COLUMNS = "tests/cases/plan/rows-of-columns"
MANY = "tests/cases/plan/many-changes"


EVERY = "tests/cases/plan/every-form"
PARTITIONS = "tests/cases/plan/online-partitions"
LEAVE = "tests/cases/plan/online-leave"
COUNT = "tests/cases/plan/online-counting"
BESIDE = "tests/cases/plan/online-triggers"

# Steps of these forms alone do not change what their query asks for: a default, a body
# or a condition becomes another one.  Each of these steps runs, and is true afterwards.
REPLACES = {"set-default", "create-routine", "alter-policy", "alter-sequence",
            "alter-type", "set-domain-default", "alter-index", "enable-trigger",
            "replace-trigger", "create-or-replace-view"}
# One takes the place, and the name, of another in the same step.
TAKES_OVER = ({"drop-constraint", "rename-constraint"},
              {"drop-constraint", "add-constraint"})
# What the catalogs do not tell, and so no query of ours does: rows, what is text.
NOT_TOLD = {"analyze", "insert", "update", "fill-in-batches", "set-counter",
            "session-setting", "hold-triggers", "create-other", "alter-other",
            "drop-other", "comment-other"}


def strongest(modes):
    held = [mode for mode in MODES if mode in modes.split(",")]
    return MODES[held[-1]] if held else None


def told(env, url, step):
    """What the server says before the step, at its end, and behind it."""
    sql = "".join(text + ";\n" for text in step["sql"])
    query = (step["postcondition"] or "SELECT NULL") + ";\n"
    if step["transaction"] != "none":
        sql = BEGIN + sql + "\\echo @end\n" + ASK
    out = psql(env, url, "\\echo @before\n" + query + sql + "\\echo @after\n" + query)
    answers = {}
    for part in out.split("@")[1:]:
        place, _, said = part.partition("\n")
        answers[place] = said.split("\n")[0]
    return answers


def proof_differences(step, before, after):
    """Is the query of the step false before it, and true behind it?"""
    forms = set(step["forms"])
    is_told = not forms <= NOT_TOLD or step["postcondition"] is not None
    wrong = []
    if after != ("t" if is_told else ""):
        wrong.append(f"afterwards {after}")
    is_replaced = forms <= REPLACES | NOT_TOLD or any(
        both <= forms for both in TAKES_OVER)
    if is_told and not is_replaced and before != "f":
        wrong.append(f"beforehand {before}")
    return [f"{step['title']}: {what}: {step['sql']}\n{step['postcondition']}"
            for what in wrong]


def cost_differences(step, answer):
    modes, files, updated, read, inserted = answer.split("|")
    moved = int(inserted) > 1 and 2 * int(inserted) >= int(read)
    rewritten = int(files) > 0 or int(updated) > 0 or moved
    seen = {"lock": strongest(modes), "rewrites": rewritten}
    if not rewritten:
        seen["scans"] = int(read) > 1  # the greatest of a key is one
    return [f"{step['title']}: {what} {step[what]}, the server: {value} ({answer}) "
            f"{step['sql']}" for what, value in seen.items() if value != step[what]]


def card_differences(env, url, step):
    """What the card says otherwise, and whether its cost could be measured."""
    answers = told(env, url, step)
    wrong = proof_differences(step, answers["before"], answers["after"])
    if "end" in answers:
        wrong += cost_differences(step, answers["end"])
    return wrong, "end" in answers


def check_cards(env, folder, rows, least, *options, but=()):
    url = created(env, env.root / folder / "from.sql")
    check_steps(env, url, env.root / folder / "to.sql", rows, least, *options, but=but)


def check_steps(env, url, after, rows, least, *options, but=(), unseen=()):
    """unseen: titles of steps whose locks are on what the same transaction has made."""
    psql(env, url, rows + "ANALYZE;")
    text = env.ok("plan", "-q", "--format", "json", "--allow", "all", *options, url,
                  after)
    steps = [step for plan in json.loads(text)["plans"] for step in plan["steps"]]
    found = [card_differences(env, url, step) for step in steps
             if step["title"] not in but]
    env.equal([text for wrong, _ in found for text in wrong
               if not text.startswith(unseen)], [], "cards that are wrong")
    measured = sum(1 for _, is_measured in found if is_measured)
    env.check(measured >= least, f"{measured} steps were measured, not {least}")


def test_cards_of_the_short_way(env):
    check_cards(env, ONLINE, ROWS, 10, "--offline")


def test_cards_of_tables_in_use(env):
    check_cards(env, ONLINE, ROWS, 15, "--online")


def test_cards_of_more_changes(env):
    check_cards(env, MANY, MORE_ROWS, 15, "--offline")


def test_cards_of_more_changes_in_use(env):
    check_cards(env, MANY, MORE_ROWS, 18, "--online")


@params("later", "action", "of parts", "both")
def test_cards_of_keys_with_other_rules(env, name):
    keys = load(HERE.with_name("test_key_rules.py"))
    before, after, _ = keys.CHANGES[name]
    url = created(env, written(env, "old.sql", keys.SCHEMA))
    check_steps(env, url, written(env, "new.sql",
                                  keys.SCHEMA.replace(before, after, 1)),
                keys.ROWS, 1, "--online")


@params(*((old, new, way) for old, new in (("plain", "range"), ("levels", "hash"))
          for way in ("--offline", "--online")))
def test_cards_of_tables_made_anew(env, old, new, way):
    remade = load(HERE.with_name("test_remade_tables.py"))
    url = created(env, written(env, "old.sql", remade.schema(remade.KEYS[old])))
    check_steps(env, url, written(env, "new.sql", remade.schema(remade.KEYS[new])),
                remade.ROWS, 15, way, unseen=("create table events_", "create grant"))


def test_cards_of_copied_columns(env):
    copies = load(HERE.with_name("test_online_types.py"))
    check_cards(env, copies.CASE, copies.ROWS, 25, "--online")


def test_cards_of_partitions(env):
    parts = load(HERE.with_name("test_online_partitions.py"))
    check_cards(env, parts.CASE, parts.ROWS, 5, "--offline")


def test_cards_of_partitions_in_use(env):
    parts = load(HERE.with_name("test_online_partitions.py"))
    check_cards(env, parts.CASE, parts.ROWS, 25, "--online")


def test_cards_of_tables_that_join_in_use(env):
    parts = load(HERE.with_name("test_online_partitions.py"))
    check_cards(env, parts.ATTACH, parts.ATTACH_ROWS, 8, "--online")


def test_cards_of_partitions_that_leave(env):
    leaving = load(HERE.with_name("test_online_leaving.py"))
    older_servers = ('drop the bound left on Ev "ents 0',)
    check_cards(env, leaving.CASE, leaving.ROWS, 4, "--online", but=older_servers)
    check_cards(env, leaving.CASE, leaving.ROWS, 5, "--offline")


def test_cards_of_bounds(env):
    bounds = load(HERE.with_name("test_online_bounds.py"))
    check_cards(env, bounds.CASE, bounds.ROWS, 20, "--online")
    check_cards(env, bounds.CASE, bounds.ROWS, 8, "--offline")


def test_cards_of_columns_beside_triggers(env):
    triggers = load(HERE.with_name("test_online_triggers.py"))
    check_cards(env, triggers.CASE, triggers.ROWS, 3, "--online")


def test_cards_of_columns_that_count(env):
    counting = load(HERE.with_name("test_online_counting.py"))
    check_cards(env, counting.CASE, counting.ROWS, 15, "--online")
    check_cards(env, counting.CASE, counting.ROWS, 5, "--offline")


def test_cards_of_columns(env):
    """Which default is worked out once, which domain is asked, which bytes are kept."""
    check_cards(env, COLUMNS, ROWS_OF_COLUMNS, 58, "--offline")


def test_cards_of_columns_in_use(env):
    check_cards(env, COLUMNS, ROWS_OF_COLUMNS, 58, "--online")


EVERY_ROWS = '''
INSERT INTO parents SELECT n, 'p' || n, 1 FROM generate_series(1, 100) AS n;
INSERT INTO items (id, parent_id, b, counted, wide, tight, share, bulk, feel)
SELECT n, 1 + n % 100, 'b' || n, n, 'w', 't', 5, 'small', 'good'
FROM generate_series(1, 500) AS n;
INSERT INTO "Quoted ""Names""" SELECT n, 'a' FROM generate_series(1, 9) AS n;
INSERT INTO measured VALUES (1, '2020-05-01');
INSERT INTO measured_two SELECT n, '2021-05-01' FROM generate_series(1, 9) AS n;
INSERT INTO base VALUES (1);
INSERT INTO derived VALUES (2, 2);
INSERT INTO apart VALUES (3, 3);
'''


def test_cards_of_every_form(env):
    check_cards(env, EVERY, EVERY_ROWS, 40, "--offline")


def test_cards_of_every_form_in_use(env):
    check_cards(env, EVERY, EVERY_ROWS, 40, "--online")


RARE = "tests/cases/plan/rare-forms"
RENAMED = "tests/cases/plan/renamed-attribute"
RARE_ROWS = """
INSERT INTO moved SELECT n, 'n' FROM generate_series(1, 100) AS n;
INSERT INTO counted SELECT n, n, n, n FROM generate_series(1, 100) AS n;
INSERT INTO untied SELECT n, n FROM generate_series(1, 100) AS n;
INSERT INTO tied SELECT n, n FROM generate_series(1, 100) AS n;
INSERT INTO guarded SELECT n, 'g' FROM generate_series(1, 100) AS n;
"""


def test_cards_of_rare_forms(env):
    check_cards(env, RARE, RARE_ROWS, 17, "--offline")


def test_cards_of_rare_forms_in_use(env):
    check_cards(env, RARE, RARE_ROWS, 16, "--online")


@params(("--offline",), ("--online",))
def test_cards_between_versions(env, way):
    """What only a version can say of the one before it."""
    folder = env.root / RENAMED
    check_steps(env, created(env, f"{folder}@1.0.0"), f"{folder}@1.1.0", "", 2, way)


def test_cards_of_what_a_stopped_run_left(env):
    """A partition that is half detached: within a transaction its locks are seen."""
    left = load(HERE.with_name("test_leftovers.py"))
    url = left.half_detached(env)
    after = written(env, "after.sql", left.WHOLE)
    plan = ("plan", "-q", "--format", "json", "--offline", url, after)
    env.check('"finish-detach"' in env.ok(*plan), "the form is planned")
    check_steps(env, url, after, "", 1, "--offline")


# What only a database that a stopped run left comes to.
LEFT = {"finish-detach"}
# A role outlives the database, so it is there when the next one asks (test_declared.py).
SHARED = {"create-role"}
# What is kept as text, where locks are not ours to know.
TEXTS = {"alter-other", "create-other", "drop-other"}


def planned_forms(env, way, before, after):
    text = env.ok("plan", "-q", "--dialect", "postgres", "--format", "json", way,
                  before, after)
    return {form for plan in json.loads(text)["plans"] for step in plan["steps"]
            for form in step["forms"]}


def test_every_form_is_measured(env):
    """A form of a statement that none of the databases above comes to fails here."""
    table = (env.root / "src/dialect/postgres/statement_forms.def").read_text()
    known = set(re.findall(r'^(?:FORM|CLAUSE)\("([^"]+)"', table, re.M))
    seen = set()
    sides = [(env.root / folder / "from.sql", env.root / folder / "to.sql") for folder in
             (ONLINE, MANY, COLUMNS, EVERY, PARTITIONS, LEAVE, COUNT, RARE, BESIDE)]
    sides.append(tuple(f"{env.root / RENAMED}@{one}" for one in ("1.0.0", "1.1.0")))
    for before, after in sides:
        for way in ("--offline", "--online"):
            seen |= planned_forms(env, way, before, after)
    env.equal(sorted(seen - known), [], "forms that the table does not have")
    env.equal(sorted(known - seen), sorted(TEXTS | LEFT | SHARED),
              "forms that no test measures")
