"""Every row of the table of lowerings on both engines, with one verdict; see
lowering_rows.py."""

import re
import sqlite3
from pathlib import Path

from runner.databases import try_psql, written
from runner.engines import load, params

rows = load(Path(__file__).with_name("lowering_rows.py"))
BY_TITLE = {row.title: row for row in rows.ROWS + rows.OTHERS}
FROM_SQLITE = {row.title: row for row in rows.FROM_SQLITE}

HEAD = "-- @schema row\n"
SAME_MIN = 59
# Classes of SQLSTATE: data, integrity, a trigger's word; a value for what is generated.
REFUSALS = ("22", "23", "P0", "428C9")


def for_engine(sql, engine):
    return sql if isinstance(sql, str) else sql[engine == "sqlite"]


class Postgres:
    """Each statement's lines and verdict, all of them by one run of the shell."""

    name = "postgres"

    def __init__(self, env, ddl):
        self.env, self.at = env, env.postgres()
        done = try_psql(env, self.at, ddl)
        env.check(done.code == 0, ddl + "\n" + done.story())

    def run(self, statements):
        script = "\\set ON_ERROR_STOP 0\nSET TIME ZONE 'UTC';\n\\echo ~ 00000\n"
        script += "".join(f"{s};\n\\echo ~ :SQLSTATE\n" for s in statements)
        parts = re.split(r"~ (\w{5})\n", try_psql(self.env, self.at, script).out)
        return list(zip(parts[2::2], parts[3::2]))


class Sqlite:
    name = "sqlite"

    def __init__(self, env, ddl):
        self.env = env
        self.db = sqlite3.connect(env.dir / "row.db", isolation_level=None)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.executescript(ddl)

    def run(self, statements):
        return [self.one(s) for s in statements]

    def one(self, sql):
        try:
            if sql.startswith("BEGIN"):
                self.db.executescript(sql)
                return "", "00000"
            found = self.db.execute(sql).fetchall()
        except sqlite3.IntegrityError:
            return "", "23000"
        except sqlite3.Error as e:
            generated = "cannot INSERT into generated column" in str(e)
            return "", "428C9" if generated else f"SQLite: {e}"
        return "".join("|".join(map(str, row)) + "\n" for row in found), "00000"


def verdict(state):
    if state == "00000":
        return "taken"
    return "refused" if state.startswith(REFUSALS) else f"an error ({state})"


def check_engine(env, row, engine, only, other_only):
    asked = [(sql, "taken", None) for sql in row.taken]
    asked += [(sql, "refused", None) for sql in row.refused]
    asked += [(sql, "taken", answer) for sql, answer in row.gives]
    asked += [(sql, "taken", None) for sql in only]
    asked += [(sql, "refused", None) for sql in other_only]
    asked = [(for_engine(sql, engine.name), *rest) for sql, *rest in asked]
    got = engine.run([sql for sql, *_ in asked])
    env.equal(len(got), len(asked), f"answers of {engine.name}")
    wrong = []
    for (sql, expected, answer), (out, state) in zip(asked, got):
        if verdict(state) != expected:
            wrong.append(f"{engine.name}: {sql}: {verdict(state)}, not {expected}")
        elif answer is not None and out.strip() != answer:
            wrong.append(f"{engine.name}: {sql}: {out.strip()!r}, not {answer!r}")
    return wrong


def check_row(env, row):
    path = written(env, "row.sql", HEAD + row.declared + "\n")
    lowered = env.schemac("ddl", "-v", "--dialect", "sqlite", path)
    env.check(lowered.code == 0, lowered.story())
    wrong = [f"it is not told: {note}\n{lowered.err}"
             for note in row.notes if note not in lowered.err]
    if not row.notes and re.search("warning|note", lowered.err):
        wrong.append("it is told without being expected:\n" + lowered.err)
    made = env.schemac("ddl", "-v", "--dialect", "postgres", path)
    env.check(made.code == 0, made.story())
    wrong += [f"it is not told: {note}\n{made.err}"
              for note in row.postgres_notes if note not in made.err]
    postgres = Postgres(env, made.out)
    wrong += check_engine(env, row, postgres, row.postgres_only, row.sqlite_only)
    wrong += check_engine(env, row, Sqlite(env, lowered.out), row.sqlite_only,
                          row.postgres_only)
    env.check(not wrong, "\n".join(wrong) + "\n" + lowered.out)


@params(*BY_TITLE)
def test_row(env, title):
    check_row(env, BY_TITLE[title])


@params(*BY_TITLE)
def test_strict(env, title):
    """What is told becomes an error that says the same; the others are made as ever."""
    row = BY_TITLE[title]
    path = written(env, "row.sql", HEAD + row.declared + "\n")
    told = env.schemac("ddl", "-v", "--dialect", "sqlite", path).err
    strict = env.schemac("ddl", "--strict", "--dialect", "sqlite", path)
    is_told = "S0601" in told or "S0604" in told
    env.equal(strict.code, 2 if is_told else 0, told + strict.story())
    env.check(is_told or not row.why, "a difference that --strict lets through: " + told)
    env.check(not is_told or "error[S0605]" in strict.err, strict.story())
    reasons = [note for note in row.notes if note in strict.err]
    env.check(reasons or not row.why, f"none of {row.notes} is said\n" + strict.story())


@params(*BY_TITLE)
def test_fixed_point(env, title):
    """What a database made of it says of itself is what was lowered."""
    path = written(env, "row.sql", HEAD + BY_TITLE[title].declared + "\n")
    Sqlite(env, env.ok("ddl", "-q", "--dialect", "sqlite", path))
    db = env.dir / "row.db"
    env.ok("diff", "-q", "--exit-code", "--dialect", "sqlite", path, db)
    env.ok("diff", "-q", "--exit-code", "--dialect", "sqlite", db, path)


@params(*rows.REFUSED)
def test_refused(env, title):
    declared, message = rows.REFUSED[title]
    for dialect in ("postgres", "sqlite"):
        path = written(env, "row.sql", HEAD + declared + "\n")
        env.refused(2, message, "ddl", "--dialect", dialect, path)


@params("CREATE TABLE app__p (id int);", "CREATE VIEW \"App__P\" AS SELECT 1 AS x;",
        "CREATE TABLE q (c int);\nCREATE INDEX app__p ON q (c);")
def test_prefixed_names_collide(env, other):
    path = written(env, "row.sql", HEAD + "CREATE SCHEMA app;\n"
                   "CREATE TABLE app.p (id int);\n" + other + "\n")
    env.refused(2, "is taken", "ddl", "--dialect", "sqlite", path)
    env.ok("ddl", "--dialect", "postgres", path)


@params(*FROM_SQLITE)
def test_from_sqlite(env, title):
    check_row(env, FROM_SQLITE[title])


@params(*rows.ONLY_SQLITE)
def test_only_sqlite(env, title):
    declared, message = rows.ONLY_SQLITE[title]
    path = written(env, "row.sql", HEAD + declared + "\n")
    Sqlite(env, env.ok("ddl", "-q", "--dialect", "sqlite", path))
    env.refused(2, message, "ddl", "--dialect", "postgres", path)


@params(*rows.ONLY_POSTGRES)
def test_only_postgres(env, title):
    declared, message = rows.ONLY_POSTGRES[title]
    path = written(env, "row.sql", HEAD + declared + "\n")
    Postgres(env, env.ok("ddl", "-q", "--dialect", "postgres", path))
    env.refused(2, message, "ddl", "--strict", "--dialect", "sqlite", path)


def is_same(row):
    """One verdict on everything, and something that both take and both refuse."""
    return (bool(row.taken and row.refused) and not row.why
            and not row.postgres_only and not row.sqlite_only)


def test_rows_of_the_document(env):
    """Each is here; those that cannot be the same say why."""
    text = env.shared("facts/lowering-pg-to-sqlite.md").read_text()
    titles = [line.split("|")[1].strip() for line in text.splitlines()
              if line.startswith("| ") and not line.startswith("| PostgreSQL ")]
    absent = [t for t in titles if t not in BY_TITLE and t not in rows.REFUSED]
    env.equal(absent, [], "rows without a test")
    mute = [r.title for r in rows.ROWS if not r.why and not is_same(r)]
    env.equal(mute, [], "rows that differ without a reason")
    same = sum(is_same(r) for r in rows.ROWS) + len(rows.REFUSED)
    env.check(same >= SAME_MIN, f"{same} of {len(titles)} are the same")
    return f"{same} of {len(titles)} the same, the others told"
