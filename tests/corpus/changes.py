"""Changes of others: does the plan from one end of a case lead to the other?

A database is made of from.sql, with the rows of seed.sql; the plan is run on it.  Asked
of each case that it concerns:

    end      the outside reader finds it equal to one that is made of to.sql
    again    `diff` between the database and to.sql finds nothing more
    empty    both ends are one schema in two spellings, and the plan does nothing
    rows     those that were there are there, by their content
    renames  what the case calls a rename is one: `@was` is written into to.sql, nothing
             that it names is dropped, and a row of each table is kept

Offline, the old side is the file; live, it is the database, and the plan the one for
tables in use.  Cases that fall short stand in changes.tsv, each with its reason; one that
does not any more fails the test.
"""

import contextlib
import re
import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path

from runner.base import Failure
from runner.postgres import find_program

from . import contents, live, renames
from .loads import (Postgres, Sqlite, check_end, engine_error, in_scope, meta_of,
                    shown_difference)
from .probes import Tool, failure_of

MODES = ("offline", "live")
ASPECTS = ("end", "again", "empty", "rows", "renames")
FRAME = re.compile(r"--[^\n]*|\b(BEGIN|COMMIT|SET LOCAL \w+ = '[^']*')\s*;")
WANTED = ("ok", "noop")  # what a case expects; others expect a refusal
LIST = "changes.tsv"


# ---- the cases ----

@dataclass
class Case:
    path: object  # to.sql
    name: str = ""
    declared: object = None  # the end as schemac reads it: with `@was`
    renames: list = field(default_factory=list)

    def __post_init__(self):
        self.name = f"{self.path.parent.parent.name}/{self.path.parent.name}"
        self.start, self.seed = self.beside("from.sql"), self.beside("seed.sql")
        expected = self.beside("expected_db.sql")
        self.end = self.declared = expected if expected.is_file() else self.path
        self.renames = renames.annotated(self.start, self.path)[1]

    def beside(self, name):
        return self.path.with_name(name)

    def declare(self, folder, number):
        """Write the end that has the annotations."""
        if self.renames:
            self.declared = folder / f"to-{number}.sql"
            self.declared.write_text(renames.annotated(self.start, self.path)[0])

    def is_empty_wanted(self):
        """A dump that is the same tells nothing where the case says what changes by its
        hazards: pg_dump leaves out the version of an extension."""
        meta = meta_of(self.path)
        same = meta.get("same_schema") and not meta.get("hazards")
        return (meta["expect"] == "noop" or same) and not meta.get("tolerant")

    def concerns(self, aspect):
        return {"empty": self.is_empty_wanted(), "rows": self.has_rows(),
                "renames": bool(self.renames)}.get(aspect, True)

    def has_rows(self):
        return self.seed.is_file()


def cases(shared, dialect):
    """Those that both ends keep in scope."""
    return [Case(path) for path in sorted((shared / "cases" / dialect).glob("*/*/to.sql"))
            if in_scope(path) and in_scope(path.with_name("from.sql"))
            and meta_of(path)["expect"] in WANTED]


def is_rare(case):
    """Some of these are in every sample."""
    return case.concerns("rows") or case.concerns("renames") or case.concerns("empty")


def exceptions():
    """{(dialect, mode, aspect): {case: reason}} of changes.tsv."""
    found = {}
    for line in (Path(__file__).parent / LIST).read_text().splitlines():
        if line and not line.startswith("#"):
            dialect, modes, aspect, case, reason = line.split("\t")
            for mode in MODES if modes == "both" else [modes]:
                found.setdefault((dialect, mode, aspect), {})[case] = reason
    return found


# ---- the engines ----

class Server(Postgres):
    """Databases of PostgreSQL."""
    option = "postgres"
    ends = {}  # text of an end → what the server says of it; the modes and cases share it
    lock = threading.Lock()

    def __init__(self, context, shared, paths, folder):
        super().__init__(context, shared, paths)
        self.tool = Tool(context, folder, [])

    def psql(self, name, *args):
        done = self.tool.execute([find_program("psql"), "-X", "-q", "-A", "-t", "-v",
                                  "ON_ERROR_STOP=1", "-d", self.url(name), *args])
        if done.code != 0:
            raise Failure(engine_error(done.err))
        return done.out

    def load(self, name, path):
        self.psql(name, "-f", path)

    def put_rows(self, name):
        script = self.tool.folder / "seed.sql"
        script.write_text(contents.SEED)
        self.psql(name, "-f", script)

    def rows(self, name):
        script = self.tool.folder / "rows.sql"
        script.write_text(contents.POSTGRES)
        return contents.of_psql(self.psql(name, "-f", script))

    def lent(self):
        return self.server.lent_database()

    def copied(self, name):
        return self.server.lent_database(name)

    def dump(self, name):
        done = self.tool.execute([find_program("pg_dump"), "-s", "--no-owner",
                                  "-d", self.url(name)])
        if done.code != 0:
            raise Failure("pg_dump: " + done.err)
        return done.out

    def wanted(self, path):
        text = path.read_bytes()
        with self.lock:
            known = self.ends.get(text)
        if known is None:
            with self.server.lent_database() as name:
                self.load(name, path)
                known = self.dump(name)
            with self.lock:
                self.ends[text] = known
        return known

    def check_end(self, wanted, name):
        check_end(self.reader, wanted, self.dump(name))


class Files(Sqlite):
    """Those of SQLite."""
    option = "sqlite"

    def __init__(self, context, shared, paths, folder):
        super().__init__(context, shared, paths)
        self.folder, self.count = folder, 0

    def url(self, name):
        return f"sqlite:{name}"

    def load(self, name, path):
        live.load(name, path.read_text(encoding="utf-8"))

    def put_rows(self, name):
        contents.seed_sqlite(name)

    def rows(self, name):
        return contents.of_sqlite(name)

    def lent(self):
        return self.copied(None)

    @contextlib.contextmanager
    def copied(self, other):
        self.count += 1
        path = self.folder / f"{self.count}.db"
        path.write_bytes(other.read_bytes() if other else b"")
        yield path
        path.unlink()

    def wanted(self, path):
        with self.copied(None) as name:
            self.load(name, path)
            return self.facts_of(name)

    def facts_of(self, name):
        connection = sqlite3.connect(name)
        try:
            return self.reader.sig(connection)
        finally:
            connection.close()

    def check_end(self, wanted, name):
        got = self.facts_of(name)
        if wanted[1] != got[1]:
            raise Failure("another database: " + shown_difference(wanted[1], got[1]))


ENGINES = {"postgres": Server, "sqlite": Files}


# ---- one case ----

def probe_changes(context, folder, shared, dialect, all_cases):
    """{(mode, aspect): {case: problem}}"""
    engine = ENGINES[dialect](context, shared, [c.path for c in all_cases], folder)
    tool = Tool(context, folder, ["--dialect", dialect, "--allow", "all"])
    found = {(mode, aspect): {} for mode in MODES for aspect in ASPECTS}
    for number, case in enumerate(all_cases):
        case.declare(folder, number)
        for (mode, aspect), problem in probe_case(tool, engine, case).items():
            found[mode, aspect][case.name] = problem
    return found


def probe_case(tool, engine, case):
    """{(mode, aspect): problem}"""
    problems = {}
    try:
        wanted = engine.wanted(case.end)
        with engine.lent() as start:
            engine.load(start, case.start)
            if case.seed.is_file():
                engine.load(start, case.seed)
            elif case.renames:
                engine.put_rows(start)
            for mode in MODES:
                with engine.copied(start) as name:
                    found = Probe(tool, engine, case, mode).run(name, wanted)
                problems.update({(mode, aspect): why for aspect, why in found.items()})
    except Failure as e:
        problems.update({(mode, "end"): f"no such case: {e}" for mode in MODES})
    return problems


class Probe:
    """A case in one mode, on a database of its own."""

    def __init__(self, tool, engine, case, mode):
        self.tool, self.engine, self.case, self.mode = tool, engine, case, mode
        self.problems = {}

    def run(self, name, wanted):
        """{aspect: problem}"""
        try:
            self.apply(name)
            self.engine.check_end(wanted, name)
        except Failure as e:
            # What was not reached is told once: nothing can be said of the rest.
            return {"end": str(e), **self.unreached()} | self.problems
        second = self.tool.read("diff", "-q", "--exit-code", self.engine.url(name),
                                self.case.declared)
        if second.code != 0:
            self.problems["again"] = first_step(second)
        return self.problems

    def unreached(self):
        return {aspect: "the end is not reached" for aspect in ("rows", "renames")
                if self.case.concerns(aspect)}

    def apply(self, name):
        case, engine = self.case, self.engine
        old = engine.url(name) if self.mode == "live" else case.start
        script = taken(self.tool.read("diff", "-q", old, case.declared))
        if case.is_empty_wanted() and is_doing(script):
            self.problems["empty"] = "the plan is not empty: " + first_words(script)
        has_rows = case.seed.is_file() or case.renames
        before = engine.rows(name) if has_rows else {}
        plan = self.tool.folder / "plan.sql"
        plan.write_text(script)
        engine.load(name, plan)
        missing = contents.lost(before, engine.rows(name), case.renames) if before else []
        self.note("rows", case.concerns("rows") and missing)
        self.note("renames", case.renames and missing + not_renamed(engine, case, script))

    def note(self, aspect, found):
        if found:
            self.problems[aspect] = "; ".join(found)


def is_doing(script):
    return FRAME.sub("", script).strip() != ""


def first_words(script):
    return " ".join(FRAME.sub("", script).split())[:200]


def not_renamed(engine, case, script):
    """What is renamed and yet goes, or comes anew."""
    found = []
    for rename in case.renames:
        if engine.option == "sqlite" and rename.kind == "index":
            continue  # SQLite makes them anew: an index has no rows of its own
        if rename.kind == "schema":
            continue  # what it holds moves, or nothing is in it
        gone = re.search(rf'DROP (TABLE|COLUMN|TYPE|INDEX|SEQUENCE|CONSTRAINT)\s[^;]*'
                         rf'(?<!\w){re.escape(rename.old)}(?!\w)', script)
        if gone or not re.search(r"\bRENAME\b|\bSET SCHEMA\b", script):
            found.append(f"{rename.kind} {rename.old} is not renamed")
    return found


def taken(run):
    if failure_of(run):
        raise Failure("diff: " + failure_of(run))
    return run.out


def first_step(run):
    found = re.search(r"^-- 01 (.*)", run.out, re.M)
    return found.group(1) if found else failure_of(run)
