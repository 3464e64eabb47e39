"""What a plan says of its steps on SQLite is so: its queries are false before the step
and true behind it, and all fields are there that PostgreSQL's have."""

import json
import sqlite3

from runner.engines import params

CASES = ("a-card-per-step", "many-changes", "every-form", "sqlite-reasons",
         "why-a-rebuild", "sqlite-rules-in-place")
# Its query asks for the columns: where only rules change, they are there before it.
REBUILDS = ("rebuild table ", "make room in table ")
# Rows that go in or are written, and SQL of the declarations' own.
NOT_TOLD = ("insert initial rows", "fill columns", "run @", "bring back", "note what")


def asked(database, query):
    try:
        return bool(database.execute(query).fetchone()[0])
    except sqlite3.OperationalError:
        return False  # a table that the step makes


def differences(database, step):
    query = step["postcondition"]
    before = None if query is None else asked(database, query)
    for sql in step["sql"]:
        database.execute(sql)
    if query is None:
        is_known = step["title"].startswith(NOT_TOLD)
        return [] if is_known else [f"{step['title']}: no query"]
    wrong = [] if asked(database, query) else [f"{step['title']}: not done: {query}"]
    if before and not step["title"].startswith(REBUILDS):
        wrong.append(f"{step['title']}: true before it: {query}")
    return wrong


@params(*CASES)
def test_cards_on_sqlite(env, name):
    folder = env.root / "tests/cases/plan" / name
    path = env.sqlite()
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        env.ok("ddl", "-q", "--dialect", "sqlite", folder / "from.sql"))
    text = env.ok("plan", "-q", "--format", "json", "--allow", "all",
                  "--sqlite-version", sqlite3.sqlite_version, path, folder / "to.sql")
    steps = [step for plan in json.loads(text)["plans"] for step in plan["steps"]]
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("BEGIN")
    wrong = [text for step in steps for text in differences(database, step)]
    database.execute("COMMIT")
    env.equal(wrong, [], "queries that do not prove their step")
    for step in steps:
        env.equal((step["lock"], step["blocks"]), ("database", "writes"), step["title"])
        env.equal(step["transaction"], "shared", step["title"])
        env.check(step["undo"] is not None or step["title"].startswith(NOT_TOLD),
                  step["title"])
        env.check(step["causes"], step["title"])
