"""One declaration, two engines: a file of one engine's SQL becomes the other's.

Three questions are asked.  Does what `ddl` writes load there?  And is it what the file
says: the same tables, columns, keys, indexes and defaults to an outside view of both
live databases (structure.py)?  And do both take, or refuse, the same rows (rows.py)?
What the project itself ships for the other engine is looked at in twins.py.
"""

import json
import re
import sqlite3
from dataclasses import dataclass

from runner.base import Failure
from runner.postgres import find_program

from . import rows, structure
from .files import corpus_files
from .loads import engine_error
from .probes import NOT_READ, Tool, failure_of

ASPECTS = ("loads", "same", "rows")


def project_of(path):
    return path.parts[-3]


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
        with self.server.lent_database() as name:
            self.psql(tool, name, "-f", path)
            return structure.of_catalog(
                json.loads(self.psql(tool, name, "-c", structure.CATALOG)))


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


class Both:
    """The two databases of a file."""

    def __init__(self, context, folder, source):
        self.tool = Tool(context, folder, [])
        self.context, self.folder = context, folder
        self.source, self.asked, self.taken = source, 0, 0

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
        self.asked += len(pairs)
        self.taken += sum(ours.verdicts)
        return " | ".join(wrong), self.rows_problem(pairs, ours.verdicts, lite.verdicts)

    @staticmethod
    def rows_problem(pairs, of_postgres, of_sqlite):
        if len(of_postgres) != len(pairs):
            return "psql did not answer to each row"
        return " | ".join(f"only {'PostgreSQL' if a else 'SQLite'} takes {pair[0]}"
                          for pair, a, b in zip(pairs, of_postgres, of_sqlite) if a != b)


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
