"""What a plan says of its steps on SQLite is so: its queries are false before the step
and true behind it, and all fields are there that PostgreSQL's have."""

import json
import sqlite3

from runner.databases import written
from runner.engines import params

FROM = """CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
create  table [a t] ( -- as somebody else writes it
  id integer primary key, n int default 5, "c d" text collate nocase,
  e text not null constraint k check ("a t".e <> ''), f text,
  foreign key (n) references p (id), unique ("c d", e), check (length(f) < 9) );
CREATE INDEX i ON "a t" (e);
"""
ROWS = """INSERT INTO p VALUES (1, 'x'), (2, 'y');
INSERT INTO "a t" VALUES (1, 1, 'it''s', '"', 'a'), (7, NULL, NULL, 'e', NULL);
"""
# One rule or type of the table at a time; all columns stay.
RULES = (
    ("n int", "n bigint"), ("default 5", ""), ("default 5", "default 6"),
    ("collate nocase", ""), ("collate nocase", "collate rtrim"),
    ("e text not null", "e text"), (" f text", " f text default 'it''s\n so'"),
    (" f text", " f text check (f <> 'b')"),
    (" f text", ' f text check ("a t".f <> \'"\')'), ("e <> ''", "e <> 'b'"),
    ("constraint k ", ""), ("constraint k ", 'constraint "a ""k" '),
    ("(id), unique", "(id) on delete cascade, unique"),
    ("references p (id)", "references p (id) deferrable initially deferred"),
    ("foreign key (n) references p (id), ", ""),
    ('unique ("c d", e)', 'unique (e, "c d")'), (', unique ("c d", e)', ""),
    ('unique ("c d", e)', 'unique ("c d", e) on conflict ignore'),
    (", check (length(f) < 9)", ""), ("< 9)", "< 8)"),
    ("id integer primary key", "id integer primary key autoincrement"),
    ("id integer primary key", "id integer primary key not null"),
    ("id integer primary key", "id integer unique"),
    ("< 9) )", "< 9) ) without rowid"), ("< 9) )", "< 9) ) strict"),
    ("f text", "f text, unique (f)"),
)
CASES = ("a-card-per-step", "many-changes", "every-form", "sqlite-reasons",
         "why-a-rebuild", "sqlite-rules-in-place")
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
    if before:
        wrong.append(f"{step['title']}: true before it: {query}")
    return wrong


def rows_of(database):
    return database.execute('SELECT * FROM "a t" ORDER BY id').fetchall()


def proved_rebuild(env, path, made, declared):
    env.sqlite(path.name, made)
    database = sqlite3.connect(path, isolation_level=None)
    rows = rows_of(database)
    text = env.ok("plan", "-q", "--format", "json", path, declared)
    steps = [step for plan in json.loads(text)["plans"] for step in plan["steps"]]
    env.check(any(s["title"] == "rebuild table a t" for s in steps),
              f"{declared.read_text()}\n{text}")
    env.equal([w for s in steps for w in differences(database, s)], [], path.name)
    env.equal(rows_of(database), rows, "rows")


def test_a_rebuild_of_rules_alone_is_proved(env):
    """Where the table is as another program wrote it, and where it is as ddl did."""
    head = "-- @dialect sqlite\n"
    old = written(env, "old.sql", head + FROM)
    ours = env.ok("ddl", "-q", "--dialect", "sqlite", old)
    for at, (was, becomes) in enumerate(RULES):
        env.check(was in FROM, was)
        new = written(env, f"{at}.sql", head + FROM.replace(was, becomes, 1))
        proved_rebuild(env, env.dir / f"theirs-{at}.db", FROM + ROWS, new)
        proved_rebuild(env, env.dir / f"ours-{at}.db", ours + ROWS, new)


STEPPED = ("""-- @schema lot
CREATE TABLE a (id bigint PRIMARY KEY, b text, CONSTRAINT k CHECK (b <> 'x'));
CREATE TABLE c (id bigint PRIMARY KEY, b text CHECK (b <> 'x'), d text);
""", """-- @schema lot
-- @extends 1.0.0
ALTER TABLE a DROP CONSTRAINT k;
ALTER TABLE c DROP COLUMN d;
ALTER TABLE c ADD COLUMN e text NOT NULL;
ALTER TABLE c ADD COLUMN f text NOT NULL;
ALTER TABLE c DROP CONSTRAINT c_b_check;
-- @migrate
UPDATE a SET b = 'x';
UPDATE c SET e = d, f = d;
-- @end
""")


def test_cards_around_a_data_step(env):
    """A table with nothing to tighten behind the step is written once."""
    folder = env.dir / "lot"
    folder.mkdir()
    for version, text in zip(("1.0.0", "2.0.0"), STEPPED):
        (folder / f"{version}.sql").write_text(text)
    path = env.sqlite("app.db", env.ok("ddl", "-q", "--dialect", "sqlite", "lot@1.0.0")
                      + "INSERT INTO a VALUES (1, 'y');"
                        "INSERT INTO c VALUES (1, 'y', 'z');")
    text = env.ok("plan", "-q", "--format", "json", "--allow", "all", "--dialect",
                  "sqlite", "lot@1.0.0", "lot@2.0.0")
    steps = [step for plan in json.loads(text)["plans"] for step in plan["steps"]]
    database = sqlite3.connect(path, isolation_level=None)
    env.equal([w for s in steps for w in differences(database, s)], [], "queries")
    env.equal([s["title"] for s in steps],
              ["rebuild table a", "make room in table c", "run @migrate",
               "rebuild table c"], "steps")
    why = [r for r in steps[-1]["why"] if "NOT NULL" in r]
    env.check(len(why) == 1 and "(e, f)" in why[0], why)
    env.equal(database.execute("SELECT * FROM a, c").fetchall(),
              [(1, "x", 1, "y", "z", "z")], "rows")
    env.ok("diff", "-q", "--exit-code", path, "lot@2.0.0")


RENAMED = ("""-- @schema lot
CREATE TABLE "a t" (id bigint PRIMARY KEY, b text);
""", """-- @schema lot
CREATE TABLE "a t" (
    id bigint PRIMARY KEY,
    -- @was b
    c text CHECK (c <> 'x')
);
""")


def test_a_rebuild_behind_a_rename_is_proved(env):
    """The columns are called so before the rebuild already."""
    old, new = (written(env, f"{at}.sql", text) for at, text in enumerate(RENAMED))
    made = env.ok("ddl", "-q", "--dialect", "sqlite", old)
    proved_rebuild(env, env.dir / "app.db", made + "INSERT INTO \"a t\" VALUES (1, 'y');",
                   new)


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
