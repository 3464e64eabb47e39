"""Does what `ddl` writes load, and is the database the one that the original makes?  And
does `diff` see no difference between the original and the database that it made?

The engine loads both texts; the outside reader of ../shared/cases/oracle, which knows
nothing of schemac, compares the two databases.
"""

import contextlib
import difflib
import hashlib
import json
import re
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from runner.base import Failure, Skip, execute
from runner.outside import load_reader
from runner.postgres import find_program

from .files import corpus_files
from .probes import Tool, failure_of, note

SHOWN_LINES_MAX = 6  # of what differs

# What the cases themselves count apart (../shared/cases/README.md): roles, owners and
# the like, which are no part of a schema.
OUT_OF_SCOPE = re.compile(
    r"\b(create|alter|drop)\s+(publication|subscription|event\s+trigger|foreign\s+data|"
    r"server|user\s+mapping|foreign\s+table|role|user|group|text\s+search|operator|cast|"
    r"conversion|language|access\s+method|transform)\b"
    r"|default\s+privileges|owner\s+to", re.I)


# ---- what is measured ----

def meta_of(path):
    return json.loads((path.parent / "meta.json").read_text(encoding="utf-8"))


def in_scope(path):
    meta = meta_of(path)
    return not (meta.get("oracle_blind") or meta.get("isolated_cluster")
                or OUT_OF_SCOPE.search(path.read_text(errors="replace")))


def case_files(shared, dialect):
    """Each text once: a peer often has the same end for several beginnings."""
    texts = {}
    for path in sorted((shared / "cases" / dialect).glob("*/*/to.sql")):
        if in_scope(path):
            texts.setdefault(path.read_bytes(), path)
    return list(texts.values())


def items(shared, group):
    if group.startswith("cases-"):
        return case_files(shared, group[len("cases-"):])
    return corpus_files(shared, group)


# ---- the engines ----

def reader_at(path):
    found = load_reader(path)
    if found is None:
        raise Skip(f"../shared/cases/oracle/{path.name} is absent")
    return found


class Postgres:
    """Databases of the one server of the test run, each for a moment."""
    name = "postgres"

    def __init__(self, context, shared, paths):
        self.server = context.postgres
        self.reader = reader_at(shared / "cases/oracle/norm_pg.py")
        self.environment = self.server.environment()
        self.make_roles(shared, paths)

    def make_roles(self, shared, paths):
        """Those that the cases expect; a server has them, not a database."""
        roles = set()
        for path in paths:
            if (path.parent / "meta.json").is_file():
                roles.update(meta_of(path).get("roles") or [])
        if roles:
            self.server.make_roles(sorted(roles))

    def url(self, name):
        return f"postgresql:///{name}?host={self.server.folder}&user=postgres"

    @contextlib.contextmanager
    def loaded(self, path, folder):
        """The name of a database that has loaded the file, for a moment."""
        with self.server.lent_database() as name:
            done = execute([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                            "-d", name, "-f", path], cwd=folder, env=self.environment)
            if done.code != 0:
                raise Failure(engine_error(done.err))
            yield name

    def facts_of(self, name, folder):
        """What pg_dump says of a database."""
        done = execute([find_program("pg_dump"), "-s", "--no-owner", name],
                       cwd=folder, env=self.environment)
        if done.code != 0:
            raise Failure("pg_dump: " + done.err)
        return self.reader.norm(done.out)

    def facts(self, path, folder):
        with self.loaded(path, folder) as name:
            return self.facts_of(name, folder)


def engine_error(err):
    found = re.search(r":(\d+): ERROR:  (.*)", err)
    if found:
        return f"line {found.group(1)}: {found.group(2)}"
    return err.strip() or "no message"


class Sqlite:
    name = "sqlite"

    def __init__(self, context, shared, paths):
        del context, paths
        self.reader = reader_at(shared / "cases/oracle/norm_sqlite.py")

    def facts(self, path, folder):
        del folder
        connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            connection.executescript(path.read_text(encoding="utf-8"))
            return self.reader.sig(connection)[0]
        except sqlite3.Error as e:
            raise Failure(str(e)) from e
        finally:
            connection.close()


ENGINES = {"postgres": Postgres, "sqlite": Sqlite}


# ---- what is known already ----

class Known:
    """Pairs of texts that an engine has found equal: that does not change."""

    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.keys = set(path.read_text().split()) if path.is_file() else set()

    @staticmethod
    def key(pair):
        mark = hashlib.sha256()
        for path in (pair.original, pair.ours):
            mark.update(hashlib.sha256(path.read_bytes()).digest())
        return mark.hexdigest()

    def has(self, pair):
        return self.key(pair) in self.keys

    def add(self, pair):
        key = self.key(pair)
        with self.lock:
            self.keys.add(key)
            with open(self.path, "a", encoding="utf-8") as out:
                out.write(key + "\n")


# ---- one file ----

def probe_equal(context, folder, shared, group, paths, kept):
    """{measure: {path: problem}} of the files.  "ddl": what `ddl` writes in their own
    dialect makes the same database; "kept": of those in `kept`, `diff` sees no difference
    to the database that the original made.
    """
    dialect = group.removeprefix("cases-")
    engine = ENGINES[dialect](context, shared, paths)
    tool = Tool(context, folder, ["--dialect", dialect])
    known = Known(context.build / f"equal-{dialect}.txt")
    problems = {"ddl": {}, "kept": {}}
    for number, path in enumerate(paths):
        pair = Pair(path, folder / f"ddl-{number}.sql")
        pair.problem = write_ddl(tool, pair.original, pair.ours)
        asks = pair.problem is None and not known.has(pair)
        if asks or path in kept:
            note(problems["kept"], path,
                 look_at_original(engine, tool, pair, asks, path in kept))
        if asks and pair.problem is None:
            pair.problem = difference(engine, pair, folder)
            if pair.problem is None:
                known.add(pair)
        note(problems["ddl"], path, pair.problem)
    return problems


@dataclass
class Pair:
    """A text and what `ddl` makes of it."""
    original: Path
    ours: Path
    wanted: object = None  # facts of the database that the original makes
    problem: str = None


def write_ddl(tool, path, ours):
    made = tool.read("ddl", "-q", path)
    if failure_of(made):
        return "ddl: " + failure_of(made)
    ours.write_text(made.out, encoding="utf-8")
    return None


def look_at_original(engine, tool, pair, asks_facts, asks_kept):
    """Both measures need the database of the original: it is made once."""
    try:
        if not asks_kept:
            pair.wanted = engine.facts(pair.original, tool.folder)
            return None
        with engine.loaded(pair.original, tool.folder) as name:
            if asks_facts:
                pair.wanted = engine.facts_of(name, tool.folder)
            return kept_problem(tool, pair.original, engine.url(name))
    except Failure as e:
        pair.problem = f"the original does not load: {e}"
        return pair.problem if asks_kept else None


def kept_problem(tool, path, url):
    for ends in ((path, url), (url, path)):
        done = tool.read("diff", "-q", "--exit-code", "--allow", "all", *ends)
        if isinstance(done, Failure) or done.code not in (0, 1):
            return "diff: " + failure_of(done)
        if done.code == 1 or done.out:
            return "a difference: " + "; ".join(
                re.findall(r"^-- \d+ (.*)$", done.out, re.M)[:SHOWN_LINES_MAX])
    return None


def difference(engine, pair, folder):
    try:
        got = engine.facts(pair.ours, folder)
    except Failure as e:
        return f"what ddl writes does not load: {e}"
    if pair.wanted == got:
        return None
    return "another database: " + shown_difference(pair.wanted, got)


def check_end(reader, wanted, got):
    """Two dumps, as the outside reader sees them."""
    if wanted != got and reader.verdict(wanted, got) == "different":
        raise Failure("another database: "
                      + shown_difference(reader.norm(wanted), reader.norm(got)))


def shown_difference(wanted, got):
    lines = [line for line in difflib.unified_diff(
        "\n".join(wanted).split("\n"), "\n".join(got).split("\n"), lineterm="", n=0)
        if line[0] in "+-" and not line.startswith(("+++", "---"))]
    return " | ".join(lines[:SHOWN_LINES_MAX])


def probe_lowered(context, folder, shared, group, paths):
    """{path: problem} of the files: what they lower to for SQLite loads there."""
    engine = Sqlite(context, shared, paths)
    tool = Tool(context, folder, [])
    problems = {}
    for number, path in enumerate(paths):
        made = tool.read("ddl", "-q", "--dialect", "sqlite", path)
        if failure_of(made):
            problems[path] = "ddl: " + failure_of(made)
            continue
        ours = folder / f"lowered-{number}.sql"
        ours.write_text(made.out, encoding="utf-8")
        try:
            engine.facts(ours, folder)
        except Failure as e:
            problems[path] = f"what ddl writes does not load: {e}"
    return problems
