"""One declaration, two engines: a file of one engine's SQL becomes the other's.

Three questions are asked.  Does what `ddl` writes load there?  And is it what the file
says: the same tables, columns, keys, indexes and defaults to an outside view of both
live databases (structure.py)?  Where the project ships a file for the other engine too,
what that one says otherwise is counted by kind: it is the project's own difference when
the two databases that come from one file agree.  And do both take, or refuse, the same
rows (rows.py)?
"""

import json
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass

from runner.base import Failure
from runner.postgres import find_program

from . import rows, structure
from .files import corpus_files
from .loads import engine_error
from .probes import NOT_READ, Tool, failure_of

# Snapshots of chains that do not have as many steps on each engine.
ENDS_OF_CHAINS = {
    ("memos", "snap-26"): "snap-61",
    ("roundcube", "snap-23"): "snap-24",
    ("vaultwarden", "snap-46"): "snap-56",
    ("chinook", "HEAD-serial"): "HEAD-autoincrement",
}
SAME_STEPS = {"drone"}

ASPECTS = ("loads", "same", "rows")


def project_of(path):
    return path.parts[-3]


def twin_of(path, others):
    """The project's own file for the other engine, or None."""
    name = ENDS_OF_CHAINS.get((project_of(path), path.stem), path.stem)
    if path.stem == name and name.startswith("snap-") \
            and project_of(path) not in SAME_STEPS:
        return None
    return others.get((project_of(path), name))


# ---- the engines ----

@dataclass
class Live:
    """What a database was made of, and which of the rows it took."""
    structure: dict
    verdicts: list


class Postgres:
    def __init__(self, context):
        self.server = context.postgres

    def psql(self, tool, name, *args, stop=1):
        url = f"postgresql:///{name}?host={self.server.folder}&user=postgres"
        done = tool.execute([find_program("psql"), "-X", "-q", "-A", "-t", "-v",
                             f"ON_ERROR_STOP={stop}", "-d", url, *args])
        if done.code != 0:
            raise Failure(engine_error(done.err))
        return done.out

    def load(self, tool, path):
        """(what came of it, the rows that it was asked to take)"""
        script = tool.folder / "rows.sql"
        with self.server.lent_database() as name:
            self.psql(tool, name, "-f", path)
            catalog = json.loads(self.psql(tool, name, "-c", structure.CATALOG))
            pairs = rows.statements(catalog)
            script.write_text(rows.script(pairs), encoding="utf-8")
            verdicts = rows.verdicts_of_psql(self.psql(tool, name, "-f", script, stop=0))
        return Live(structure.of_catalog(catalog), verdicts), pairs

    def structure_of(self, tool, path):
        return self.load(tool, path)[0].structure


class Sqlite:
    def load(self, path, pairs):
        text = path.read_text(encoding="utf-8")
        try:
            return Live(structure.of_script(text), rows.verdicts_of_sqlite(text, pairs))
        except sqlite3.Error as e:
            raise Failure(str(e)) from e

    def structure_of(self, tool, path):
        del tool
        return self.load(path, []).structure


# ---- what two engines cannot have alike ----

# (kind, `what: detail`, reason), a detail being what SQLite has "and" what PostgreSQL
# has.  A difference between the two databases of one file that no row of this table
# tells is a mistake of ours.
REASONS = [
    ("affinity", r": INTEGER and NUMERIC$", "numeric(p,s) is stored as a scaled integer"),
    ("affinity", r": TEXT and NUMERIC$", "numeric without a scale, json: kept as text"),
    ("affinity", r": BLOB and TEXT$", "a column without a type is text"),
    ("only ours: table", r"seq: $", "the row that a counting trigger takes numbers from"),
    ("default", r": -(32768|2\.14748e\+09|9\.22337e\+18) and None$",
     "a trigger counts: the number that stands for none"),
    ("default", r": 0000-00-00( 00:00:00)? and None$", "there is no such day"),
    ("only theirs: index", r"an expression", "a FULLTEXT key: SQLite has none"),
]

# What the project's own file for the other engine says otherwise.
OWN = {
    "default": "now or a text on one engine, a zero date, another text or none there",
    "affinity": "a moment as a number, a flag as a number, bytes as text",
    "actions": "ON UPDATE is said to one engine only",
    "only ours: reference": "the project's file has no foreign keys, or fewer",
    "only theirs: reference": "the file that is read has no foreign keys, or fewer",
    "only ours: NOT NULL": "the project's file lets NULL in",
    "only theirs: NOT NULL": "the file that is read lets NULL in",
    "only ours: index": "the project's file has other indexes",
    "only theirs: index": "the project's file has other indexes",
    "only ours: key": "a key that the project's file has not, or as a plain index",
    "only theirs: key": "a key that the file that is read has not",
    "only ours: column": "a column that the project's file has not yet",
    "only theirs: column": "a column that the file that is read has not",
    "only ours: table": "a table that the project's file has not",
    "only theirs: table": "a table that the file that is read has not",
}


def reason_of(difference):
    kind, at, detail = difference
    for wanted, pattern, reason in REASONS:
        if kind == wanted and re.search(pattern, f"{at}: {detail}"):
            return reason
    return None


def lowered(tool, path, dialect, to):
    made = tool.run("ddl", "-q", "--dialect", dialect, path)
    if failure_of(made):
        raise Failure("refused: " + failure_of(made))
    to.write_text(made.out, encoding="utf-8")
    return to


class Twins:
    """Files of one engine, next to those of another."""

    def __init__(self, context, folder, shared, source, target):
        self.tool = Tool(context, folder, [])
        self.context, self.folder = context, folder
        self.source, self.target = source, target
        self.kinds, self.pairs, self.asked, self.taken = Counter(), 0, 0, 0
        self.others = {(project_of(path), path.stem): path
                       for path in corpus_files(shared, target)}

    def text_for(self, path, dialect):
        """The file itself for its own engine, else what it becomes."""
        if dialect == self.source:
            return path
        return lowered(self.tool, path, dialect, self.folder / f"{dialect}.sql")

    def compare(self, path):
        """(what is wrong with the two databases of the file, with the rows they take)"""
        postgres = Postgres(self.context)
        ours, pairs = postgres.load(self.tool, self.text_for(path, "postgres"))
        lite = Sqlite().load(self.text_for(path, "sqlite"), pairs)
        wrong = [" ".join(d) for d in structure.differences(lite.structure,
                                                            ours.structure)
                 if reason_of(d) is None]
        made = lite if self.target == "sqlite" else ours
        self.look_at_own(path, made.structure,
                         Sqlite() if self.target == "sqlite" else postgres)
        self.asked += len(pairs)
        self.taken += sum(ours.verdicts)
        return " | ".join(wrong), self.rows_problem(pairs, ours.verdicts, lite.verdicts)

    def look_at_own(self, path, made, engine):
        other = twin_of(path, self.others)
        if other is None:
            return
        self.pairs += 1
        theirs = engine.structure_of(self.tool, other)
        self.kinds.update(kind for kind, _, _ in structure.differences(made, theirs))

    @staticmethod
    def rows_problem(pairs, of_postgres, of_sqlite):
        if len(of_postgres) != len(pairs):
            return "psql did not answer to each row"
        return " | ".join(f"only {'PostgreSQL' if a else 'SQLite'} takes {pair[0]}"
                          for pair, a, b in zip(pairs, of_postgres, of_sqlite) if a != b)

    def unknown(self):
        return sorted(self.kinds.keys() - OWN.keys())


def files_of(shared, source, target):
    """Of PostgreSQL's files those whose project has one for SQLite: the others have
    little that SQLite could keep (tests/corpus/loads.py has them all)."""
    paths = corpus_files(shared, source)
    if source != "postgres":
        return paths
    others = {project_of(path) for path in corpus_files(shared, target)}
    return [path for path in paths if project_of(path) in others]


def probe(twins, paths):
    """{aspect: {path: problem}} of the files: does it load, is it the same, and do both
    databases take the same rows?"""
    problems = {aspect: {} for aspect in ASPECTS}
    for path in paths:
        try:
            same, taken = twins.compare(path)
        except Failure as e:
            problems["loads"][path] = str(e)
            same = taken = NOT_READ
        if same:
            problems["same"][path] = same
        if taken:
            problems["rows"][path] = taken
    return problems
