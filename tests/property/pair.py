"""One pair of schemas, there and back, and a third: the properties that must hold.

The rows go two roads: what `diff` prints, run by SQLite's own shell, and `migrate`.  A
second opinion (databases.arrival) says beforehand which rows must arrive, or that the new
rules refuse them: both roads must agree with it, up and then down again.
"""

import random
import re
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.base import Failure, execute

from . import databases
from .databases import everything, opened
from .edits import edited
from .roads import NAME_REFUSED, check_two_roads, write_straight
from .schemas import Schema, declare, random_schema

OLD, NEW = "lot@1.0.0", "lot@2.0.0"
READER = "cases/oracle/norm_sqlite.py"  # beside the project, in ../shared
ROWS_MOST = 4  # of a table in one of two rounds
# What is not there again breaks one of these rules of its table.
MISSED = [re.compile("rows do not allow it: " + rule) for rule in (
    "(?P<table>.*) holds a row, and its new column (?P<columns>.*) is NOT NULL without a "
    "default and without @back",
    r"(?P<table>.*) \((?P<columns>.*)\) holds duplicates",
    r"(?P<child>.*) holds a row without its parent in (?P<table>.*) \(\d+ row")]


REFUSES_NAMES = sqlite3.sqlite_version_info >= (3, 54)


def name_refused(done):
    return REFUSES_NAMES and NAME_REFUSED in done.err


@dataclass
class Tools:
    program: Path
    reader: Any  # the outside reader's module; None: absent


@dataclass
class Declared:
    """Three versions, and the seed of the rows."""
    seed: int
    old: Schema
    new: Schema
    last: Schema
    data_step: bool  # has the new version sections?


def random_pair(seed):
    r = random.Random(seed)
    old = random_schema(r)
    new = edited(r, old)
    data_step = r.random() < 0.25
    return Declared(seed, old, new, edited(r, new, (old,)), data_step)


def prove(tools, declared, folder):
    """"moved", or "refused" where the rows rightly did not fit; else a Failure."""
    pair = Pair(tools, declared, folder)
    try:
        return pair.prove()
    except Failure as e:
        raise Failure(f"{e}\n{pair.declarations()}") from e


class Pair:
    def __init__(self, tools, declared, folder):
        self.tools, self.seed, self.folder = tools, declared.seed, folder
        self.old, self.new, self.last = declared.old, declared.new, declared.last
        self.data_step = declared.data_step
        self.r = random.Random(f"rows of {self.seed}")
        lot = folder / "lot"
        lot.mkdir(parents=True)
        (lot / "1.0.0.sql").write_text(declare(self.old))
        (lot / "2.0.0.sql").write_text(declare(self.new, self.old, self.data_step))
        self.three = not self.data_step and self.seed % 2 == 0
        if self.three:
            (lot / "3.0.0.sql").write_text(declare(self.last, self.new))
            write_straight(folder, declare, self.old, self.new, self.last)

    def declarations(self):
        return "".join(f"---- lot/{p.name}\n{p.read_text()}"
                       for p in sorted((self.folder / "lot").iterdir()))

    # ---- programs ----

    def schemac(self, *args, codes=(0,)):
        done = execute([self.tools.program, *args], cwd=self.folder)
        if done.code not in codes:
            raise Failure(f"exit code {codes} expected\n{done.story()}")
        return done

    def migrate(self, name, where, codes=(0,)):
        return self.schemac("migrate", "-q", *where, "lot", "--database", name,
                            codes=codes)

    # ---- the story ----

    def prove(self):
        ddl = {v: self.schemac("ddl", "--dialect", "sqlite", v).out for v in (OLD, NEW)}
        start = self.created("start.db", ddl[OLD])
        self.created("fresh-new.db", ddl[NEW])
        shutil.copy(start, self.folder / "fresh-old.db")
        databases.fill(self.r, start, self.old, ROWS_MOST)
        first = shutil.copy(start, self.folder / "first.db")
        up = Way(self, "up", self.old, self.new, "start.db", ddl[NEW])
        if not up.moved():
            if not up.name_refused:
                self.empty_moves()
            return "refused"
        self.check_claims(up)
        if self.three:
            check_two_roads(self, first, self.folder / "up-script.db")
        self.kept(up)
        more = self.r.random() < 0.5
        if more:
            databases.fill(self.r, self.folder / "up-run.db", self.new, 2)
        down = Way(self, "down", self.new, self.old, "up-run.db", ddl[OLD])
        if down.moved() and not more:
            self.there_and_back(up, down)
        return "moved"

    def created(self, name, ddl):
        path = self.folder / name
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript("PRAGMA synchronous = OFF;" + ddl)
        connection.close()
        return path

    def empty_moves(self):
        """What was refused was refused for its rows: without them the way is free."""
        shutil.copy(self.folder / "fresh-old.db", self.folder / "empty.db")
        way = Way(self, "up", self.old, self.new, "empty.db",
                  self.schemac("ddl", "--dialect", "sqlite", NEW).out)
        if not way.moved():
            raise Failure("even an empty database is refused")

    def check_claims(self, up):
        """A plan that takes something away says so."""
        kept = {c.number for t in self.new.tables for c in t.columns}
        lost = [c.name for t in self.old.tables for c in t.columns
                if c.number not in kept and not c.generated]
        self.lossless = "No data is lost." in up.plan()
        if lost and self.lossless:
            raise Failure(f"the plan does not say that {', '.join(lost)} is lost")

    def kept(self, up):
        """With --keep, what was there is there again, but for what the plan names."""
        if self.data_step:
            return
        plan = self.schemac("plan", "-q", "--keep", "--dialect", "sqlite", OLD, NEW).out
        gone = unkept(plan)
        path = self.folder / "keep.db"
        shutil.copy(self.folder / "start.db", path)
        self.migrate(path.name, ["baseline", "1.0.0"])
        self.migrate(path.name, ["to", "2.0.0", "--keep", "--allow", "all"])
        self.migrate(path.name, ["verify"])
        done = self.migrate(path.name, ["to", "1.0.0", "--allow", "all"], codes=(0, 3))
        if done.code != 0 and (name_refused(done) or self.misses(done, gone)):
            return
        self.migrate(path.name, ["verify"])
        connection = opened(path)
        after = databases.rows_of(connection, self.old)
        left = connection.execute("SELECT name FROM sqlite_schema WHERE name LIKE "
                                  "'schemac\\_kept\\_%' ESCAPE '\\'").fetchall()
        connection.close()
        hidden = {t.number: {0} | {c.number for c in t.columns
                                   if c.generated or f"{t.name}.{c.name}" in gone}
                  | self.not_kept(t) for t in self.old.tables}
        before = databases.without(up.before, hidden)
        if before != databases.without(after, hidden):
            raise Failure("what was kept did not come back (" + ", ".join(gone) + ")\n"
                          + differences(before, databases.without(after, hidden)))
        if left:
            raise Failure(f"the way back leaves {left}")
        self.check_kept_counters(path, up)

    def not_kept(self, t):
        """Without a key to keep it by, the old value is what @back says it is."""
        return set() if t.primary else t.not_undone(self.new.table(t.number))

    def misses(self, done, gone):
        """The old rules ask for a value that the plan said would not come back."""
        for found in filter(None, (rule.search(done.err) for rule in MISSED)):
            table, columns = found["table"], found.groupdict().get("columns")
            child = found.groupdict().get("child", table)
            if any(g.startswith((f"{table}.", f"{child}.")) if columns is None
                   else g in [f"{table}.{c}" for c in columns.split(", ")] for g in gone):
                return True
        raise Failure(f"what was kept does not come back\n{done.story()}")

    def check_kept_counters(self, path, up):
        """Those of a table that goes are kept, and those of one that goes on counting."""
        counting = {t.number: t.counts for t in self.new.tables}
        for number, counter in databases.counters(path, self.old).items():
            if counting.get(number, True) and counter != up.counters[number]:
                raise Failure(f"the counter of {self.old.table(number).name} was "
                              f"{up.counters[number]} and came back as {counter}")

    def there_and_back(self, up, down):
        """What the plan calls lossless is there again after the way back."""
        if not self.lossless:
            return
        hidden = {t.number: {0} | {c.number for c in t.columns if c.generated}
                  | self.not_given_back(t) for t in self.old.tables}
        before = databases.without(up.before, hidden)
        after = databases.without(down.after, hidden)
        if before != after:
            raise Failure("a plan without losses lost values, there and back\n"
                          + differences(before, after))

    def not_given_back(self, t):
        """By @back, or by an @rollback, whose writer is taken at his word."""
        new = self.new.table(t.number)
        return t.not_undone(new) | (t.retyped(new) if self.data_step else set())


class Way:
    """From one version to the other, by both roads."""

    def __init__(self, pair, direction, old, new, start, ddl):
        self.pair, self.direction = pair, direction
        self.old, self.new, self.ddl = old, new, ddl
        self.is_up = direction == "up"
        self.start = pair.folder / start
        connection = opened(self.start)
        self.before = databases.rows_of(connection, old)
        connection.close()
        self.counters = databases.counters(self.start, old)
        self.expected = databases.arrival(self.before, old, new, ddl, self.is_up)
        self.after = None
        self.name_refused = False

    def plan(self):
        return self.pair.schemac("plan", "--dialect", "sqlite", *self.towards()).out

    def towards(self):
        return ([] if self.is_up else ["--down"]) + [OLD, NEW]

    def moved(self):
        """Both roads moved the rows and all is well; False: both rightly refused."""
        by_script, by_run = self.script(), self.run()
        if by_script != by_run:
            raise Failure(f"{self.direction}: the script {word(by_script)} and migrate "
                          f"{word(by_run)}\n{self.story}")
        if by_run and self.expected is None:
            raise Failure(f"{self.direction}: rows moved that the new rules refuse")
        if not by_run and self.expected is not None and not self.name_refused:
            raise Failure(f"{self.direction}: refused without need\n{self.story}")
        return by_run

    # ---- roads ----

    def script(self):
        """Printed, and run by SQLite's own shell."""
        path = self.copied("script")
        before = everything(path)
        source = [f"sqlite:{path.name}", NEW] if self.from_live() else self.towards()
        sql = self.pair.schemac("diff", "-q", "--dialect", "sqlite", "--allow", "all",
                                *source).out
        done = execute(["sqlite3", "-bail", path.name], cwd=self.pair.folder, stdin=sql)
        if done.code != 0 or done.err:
            self.check_refusal("CHECK constraint failed: " in done.err
                               and (" holds " in done.err), done, path, before)
            return False
        self.check_arrival(path)
        return True

    def from_live(self):
        """A live database is as good a beginning as its declarations, but there are no
        sections between it and a version."""
        return self.is_up and not self.pair.data_step and self.pair.seed % 3 == 0

    def run(self):
        path = self.copied("run")
        if self.is_up:
            self.pair.migrate(path.name, ["baseline", "1.0.0"])
        before = everything(path)
        allowed = self.without_leave(path, before)
        done = allowed or self.pair.migrate(
            path.name, ["to", self.target(), "--allow", "all"], codes=self.codes())
        if done.code != 0:
            # A data step is there to put rows right, so the rules are asked behind it.
            late = done.code == 4 and " holds " in done.err
            self.check_refusal(late or "the rows do not allow it: " in done.err, done,
                               path, before)
            return False
        self.check_arrival(path)
        self.pair.migrate(path.name, ["verify"])
        return True

    def without_leave(self, path, before):
        """Nobody said that data may go: either none goes, or nothing happens."""
        done = self.pair.migrate(path.name, ["to", self.target()], codes=self.codes())
        if done.code == 0:
            return done
        if everything(path) != before:
            raise Failure("a refused migration changed the database\n" + done.story())
        return None

    def codes(self):
        return (0, 3, 4) if self.pair.data_step else (0, 3)

    def target(self):
        return "2.0.0" if self.is_up else "1.0.0"

    def copied(self, road):
        path = self.pair.folder / f"{self.direction}-{road}.db"
        if path != self.start:
            shutil.copy(self.start, path)
        if road == "script":
            connection = opened(path)
            connection.execute(f"DROP TABLE IF EXISTS {databases.HISTORY}")
            connection.close()
        return path

    # ---- verdicts ----

    def check_refusal(self, is_refusal, done, path, before):
        self.story = done.story()
        self.name_refused = name_refused(done)
        if not is_refusal and not self.name_refused:
            raise Failure(f"{self.direction}: failed\n{self.story}")
        if everything(path) != before:
            raise Failure(f"{self.direction}: refused, but changed\n{self.story}")

    def check_arrival(self, path):
        self.story = f"moved {path.name}"
        connection = opened(path)
        try:
            self.check_sound(connection)
            self.after = databases.rows_of(connection, self.new)
        finally:
            connection.close()
        self.check_rows()
        self.check_counters(path)
        self.check_outside(path)
        target = NEW if self.is_up else OLD
        self.pair.schemac("diff", "--exit-code", "--dialect", "sqlite",
                          f"sqlite:{path.name}", target)

    def check_sound(self, connection):
        broken = databases.complaints(connection, self.new)
        if broken:
            raise Failure(f"{self.direction}: integrity_check: {broken}")
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        if orphans and self.expected is not None and (
                orphans != self.expected.execute("PRAGMA foreign_key_check").fetchall()):
            raise Failure(f"{self.direction}: foreign_key_check: {orphans}")

    def check_rows(self):
        if self.expected is None:
            return
        hidden = databases.unpredictable(self.old, self.new, self.is_up)
        expected = databases.without(databases.rows_of(self.expected, self.new), hidden)
        actual = databases.without(self.after, hidden)
        if expected != actual:
            raise Failure(f"{self.direction}: rows did not arrive ({self.story})\n"
                          + differences(expected, actual))

    def check_counters(self, path):
        for number, counter in databases.counters(path, self.new).items():
            key = self.new.table(number).primary[0]
            numbers = [row.get(key, row.get(0)) for row in self.before.get(number, [])]
            expected = self.counters.get(
                number, max([0] + [n for n in numbers if n is not None]))
            if counter != expected:
                raise Failure(f"{self.direction}: the AUTOINCREMENT counter of table "
                              f"{self.new.table(number).name} is {counter}, not "
                              f"{expected} ({self.story})")

    def check_outside(self, path):
        reader = self.pair.tools.reader
        if reader is None:
            return
        fresh = self.pair.folder / f"fresh-{'new' if self.is_up else 'old'}.db"
        copy = self.pair.folder / "outside.db"
        shutil.copy(path, copy)
        one, other = opened(copy), opened(fresh)
        one.execute(f"DROP TABLE IF EXISTS {databases.HISTORY}")
        try:
            if reader.verdict(one, other) == "different":
                raise Failure(f"{self.direction}: the outside reader sees a difference "
                              f"({self.story})\n"
                              + unlike(reader.sig(one)[1], reader.sig(other)[1]))
        finally:
            one.close()
            other.close()


def unkept(plan):
    """"t.c" of what a plan with --keep does not return."""
    found = re.search(r"The way back does not return:\n((?: {4}.*\n)+)", plan)
    lines = found[1].splitlines() if found else []
    return [c for line in lines for c in
            re.sub("^the values of ", "", line.strip()).split(", ")]


def word(moved):
    return "moves the rows" if moved else "refuses them"


def unlike(actual, expected):
    return "\n".join([f"only migrated: {a}" for a in actual if a not in expected]
                     + [f"only fresh:    {e}" for e in expected if e not in actual])


def differences(expected, actual):
    lines = []
    for number in expected:
        one, other = expected[number], actual.get(number, [])
        lines += [f"table {number}: missing {row}" for row in one if row not in other]
        lines += [f"table {number}: not expected {row}" for row in other
                  if row not in one]
    return "\n".join(lines)
