"""The cards of a plan as text and as JSON, over the changes of all cases."""

import json
import re
import sqlite3

WIDTH = 100
LABEL = 15
WAYS = (("--dialect", "sqlite"), ("--dialect", "sqlite", "--down", "--keep"),
        ("--dialect", "sqlite", "--keep"), ("--dialect", "postgres", "--offline"),
        ("--dialect", "postgres", "--online"),
        ("--dialect", "postgres", "--online", "--keep"),
        ("--dialect", "postgres", "--down", "--keep"))


def cases(env):
    return sorted(path.parent for kind in ("plan", "diff")
                  for path in (env.root / "tests/cases" / kind).glob("*/from.sql"))


PLANNED = {}


def planned(env, folder, way, *options):
    """What plan prints; nothing where the dialect cannot have it."""
    key = (folder, way, options)
    if key not in PLANNED:
        PLANNED[key] = env.schemac("plan", "-q", "--allow", "all", *way, *options,
                                   folder / "from.sql", folder / "to.sql").out
    return PLANNED[key]


def steps_of(text):
    return [step for plan in json.loads(text)["plans"] for step in plan["steps"]]


def fields(text):
    """Of all cards in their order: label and lines; what is continued has no label."""
    found = []
    for line in text.split("\n"):
        if not line.startswith("    ") or line.startswith("    " * 2) and not found:
            continue
        label, body = line[4:LABEL].strip(), line[LABEL:]
        if label:
            found.append((label, [body]))
        elif found:
            found[-1][1].append(body)
    return found


def one_line(lines):
    return " ".join(" ".join(lines).split())


def test_queries_are_folded(env):
    """On lines that can be read, and the same query as in JSON, where it is whole; a
    line of a table's text stands by itself."""
    wrong = []
    for folder in cases(env):
        for way in WAYS:
            text, document = (planned(env, folder, way, *form)
                              for form in ((), ("--format", "json")))
            if not document:
                continue
            told = [lines for label, lines in fields(text) if label == "after"]
            whole = [step["postcondition"] for step in steps_of(document)
                     if step["postcondition"] is not None]
            wrong += [(folder.name, way, a, b) for a, b in
                      zip(map(one_line, told), (one_line([b]) for b in whole)) if a != b]
            wrong += [(folder.name, way, line) for lines in told for line in lines
                      if LABEL + len(line) > WIDTH and " " in line.strip()
                      and not line.strip().startswith("'")]
            env.equal(len(told), len(whole), f"queries of {folder.name} {way}")
    env.equal(wrong, [], "queries that are folded otherwise")


def test_each_step_names_its_cause(env):
    """A change or a section, with its line; and each change is in some step."""
    wrong = []
    for folder in cases(env):
        for way in WAYS:
            document = planned(env, folder, way, "--format", "json")
            for step in steps_of(document) if document else []:
                if not step["causes"] or not all(
                        one["file"] and one["line"] for one in step["causes"]):
                    wrong.append((folder.name, way, step["title"], step["causes"]))
    env.equal(wrong, [], "steps without a cause")


def test_a_rebuild_names_all_that_it_does(env):
    folder = env.root / "tests/cases/plan/a-card-per-step"
    steps = steps_of(planned(env, folder, WAYS[0], "--format", "json"))
    done = [one["change"] for one in steps[0]["causes"] if one["done_here"]]
    env.equal(done, ["change type vehicles.plate", "add column vehicles.kind",
                     "drop column vehicles.phone_number",
                     "add constraint vehicles.vehicles_plate_type"],
              "what the rebuild does")


def refused_by(steps):
    return {(one["form"], one["cost"]) for step in steps for one in step["refused"]}


def rows_of(env, path, name):
    """The calls of a .def file, each as the list of its arguments that are strings."""
    text = re.sub(r"/\*.*?\*/", "", (env.root / path).read_text(), flags=re.S)
    text = re.sub(r'"\s*\n\s*"', "", text)
    calls = re.findall(name + r"\((.*?)\)\n(?=\n|[A-Z]|/|$)", text + "\n", re.S)
    return [[json.loads(f'"{one}"') for one in re.findall(r'"((?:[^"\\]|\\.)*)"', call)]
            for call in calls]


# What no case comes to.
UNSAID = set()


def test_each_refused_form_is_said(env):
    """In some plan of the cases; and no plan says what the tables do not."""
    said = set()
    for folder in cases(env):
        for way in WAYS:
            document = planned(env, folder, way, "--format", "json")
            said |= refused_by(steps_of(document)) if document else set()
    table = {tuple(row[-2:]) for row in
             rows_of(env, "src/dialect/postgres/choices.def", "CHOICE")}
    env.check(len(table) > 30, "the table was read")
    env.equal(sorted(form for form, cost in table - said), sorted(UNSAID),
              "forms that are never refused")


# What SQLite says to the form in place of each obstacle that quotes it.
OBSTACLES = {
    "add a PRIMARY KEY column": "ADD COLUMN n INTEGER PRIMARY KEY",
    "add a UNIQUE column": "ADD COLUMN n TEXT UNIQUE",
    "add a column with REFERENCES and a default":
        "ADD COLUMN n TEXT DEFAULT 'x' REFERENCES p",
    "add a STORED generated column": "ADD COLUMN n TEXT AS (a) STORED",
    "add a VIRTUAL column with a check to a WITHOUT ROWID table":
        "ADD COLUMN n TEXT AS (x) CHECK (n <> '')",
    "add a generated column before the new one that it reads":
        "ADD COLUMN n TEXT AS (later)",
    "add a NOT NULL column without a default": "ADD COLUMN n TEXT NOT NULL",
    "add a column with a default that is not constant":
        "ADD COLUMN n TEXT DEFAULT (random())",
    "drop a PRIMARY KEY column": "DROP COLUMN id",
    "drop a UNIQUE column": "DROP COLUMN b",
    "drop a column that is in a foreign key": "DROP COLUMN c",
    "drop a column that is in a check": "DROP COLUMN a",
    "drop the last column": "DROP COLUMN z",
    "drop a column that a generated column is made of": "DROP COLUMN e",
}

# These quote one that test_sqlite_newer.py asks.
OF_NEWER = {"add a check that may be NULL before version 3.54", "drop a constraint",
            "drop a constraint whose name needs quotes before version 3.54",
            "add a column with a name of the rowid from version 3.54 on",
            "drop a column with a name of the rowid from version 3.54 on"}

TABLES = """
PRAGMA foreign_keys = ON;
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE, c INTEGER, e TEXT,
    g TEXT AS (e), CHECK (a <> ''), FOREIGN KEY (c) REFERENCES p);
INSERT INTO t (id, a, b) VALUES (1, 'x', 'y');
CREATE TABLE one (z TEXT);
CREATE TABLE bare (x TEXT NOT NULL, y TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO bare VALUES ('x', 'y');
"""


def test_sqlite_refuses_what_is_said(env):
    quoted = {}
    for what, form, cost in rows_of(env, "src/dialect/sqlite/obstacles.def", "OBSTACLE"):
        if "answers" in cost:
            quoted[what] = re.search('"(.*?)"', cost)[1]
    env.equal(sorted(quoted), sorted(OBSTACLES.keys() | OF_NEWER),
              "obstacles that quote SQLite")
    for what, clause in OBSTACLES.items():
        database = sqlite3.connect(":memory:")
        database.executescript(TABLES)
        table = "one" if " z" in clause else "bare" if "(x)" in clause else "t"
        try:
            database.execute(f"ALTER TABLE {table} {clause}")
            answer = "done"
        except sqlite3.Error as error:
            answer = str(error)
        env.check(quoted[what] in answer, f"{clause}: {answer}, not {quoted[what]}")
