"""One pair of corpus/pairs.py on PostgreSQL: by the short plan and back, and by the plan
for tables in use.
"""

import contextlib
import json
import re
from collections import Counter

from runner.base import Failure
from runner.libpq import ServerError, Session
from runner.postgres import find_program

from .filled_postgres import contents, fill_database, sequences, tables_of
from .loads import Postgres, check_end, engine_error
from .pairs import Told
from .probes import Tool, failure_of

DATA_ERRORS = re.compile(r"ERROR:  (2[23]\w{3}): (.*)")  # SQLSTATE of values and keys
NAMED = re.compile(r"^SCHEMA NAME:  (.*)$\n^TABLE NAME:  (.*)$", re.M)
LINE = re.compile(r":(\d+): ERROR:")
GUARD = "CREATE TEMP TABLE schemac_guard"
ASKED = re.compile(r"\bFROM (?:ONLY )?([^\s();]+)")
ALTERED = re.compile(r"\b(?:ALTER TABLE|UPDATE|INDEX .* ON)(?: ONLY)? ([^\s(;]+)")
REFUSALS_MAX = 60  # tables of one pair whose rows the new rules refuse


class Server(Postgres):
    def __init__(self, context, folder, shared):
        super().__init__(context, shared, [])
        self.folder = folder
        self.tool = Tool(context, folder, ["--dialect", "postgres", "--allow", "all"])

    def dump(self, name):
        done = self.tool.execute([find_program("pg_dump"), "-s", "--no-owner", "-d",
                                  self.url(name)])
        if done.code != 0:
            raise Failure("pg_dump: " + done.err)
        return done.out

    def psql(self, name, path):
        return self.tool.execute([
            find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v",
            "VERBOSITY=verbose", "-d", self.url(name), "-f", path])

    def session(self, name):
        return Session(self.url(name))

    @contextlib.contextmanager
    def copy(self, name):
        with self.server.lent_database(template=name) as other:
            yield other

    def plan(self, pair, *options):
        """The path of the script, and its label."""
        wanted = [*options, pair.old, pair.new]
        made = self.tool.read("diff", "-q", *wanted)
        if failure_of(made):
            raise Failure(f"diff {' '.join(options)}: {failure_of(made)}")
        path = self.folder / f"plan{''.join(options)}.sql"
        path.write_text(made.out, encoding="utf-8")
        return path

    def is_lossless(self, pair):
        done = self.tool.read("plan", "-q", "--format", "json", pair.old, pair.new)
        if failure_of(done):
            raise Failure(f"plan: {failure_of(done)}")
        return all(plan["label"] == "lossless" for plan in json.loads(done.out)["plans"])


def prove(server, pair):
    with server.loaded(pair.new, server.folder) as fresh:
        with server.session(fresh) as session:
            new = tables_of(session)
            initial = {t.name: count_of(session, t.name) for t in new}
        end = server.dump(fresh)
    with server.loaded(pair.old, server.folder) as start:
        return Way(server, pair, start, new, end, initial).prove()


class Way:
    def __init__(self, server, pair, start, new, end, initial):
        self.server, self.pair, self.start = server, pair, start
        self.new, self.end, self.initial = new, end, initial
        self.told = Told()

    def prove(self):
        server = self.server
        with server.session(self.start) as session:
            self.old = tables_of(session)
            empty = fill_database(session, self.old)
        self.told.tables, self.told.filled = len(self.old), len(self.old) - len(empty)
        self.told.empty.update(empty.values())
        self.begin = server.dump(self.start)
        plan = server.plan(self.pair)
        while not self.short_way(plan):
            pass
        with server.copy(self.start) as name:
            self.run(name, server.plan(self.pair, "--online"), "for tables in use")
            self.check_arrival(name, "for tables in use")
        return self.told

    def short_way(self, plan):
        """False: rows were in the way, and are there no more."""
        with self.server.copy(self.start) as name:
            done = self.server.psql(name, plan)
            if done.code != 0:
                self.make_room(name, plan, done)
                return False
            self.check_arrival(name, "the plan")
            self.way_back(name, self.server.plan(self.pair, "--down"))
        return True

    def way_back(self, name, plan):
        """What was lost may be what the old rules ask for: without rows all is well."""
        lossless = self.server.is_lossless(self.pair)
        done = self.server.psql(name, plan)
        if not lossless and DATA_ERRORS.search(done.err):
            with self.server.session(name) as session:
                for t in self.new:
                    empty(session, t.name)
            done = self.server.psql(name, plan)
        if done.code != 0:
            raise Failure(f"the way back: {said(done)}")
        check_end_of("the way back", self.server.reader, self.begin,
                     self.server.dump(name))
        if lossless:
            self.told.back += 1
            self.check_rows(name, self.old, "there and back")

    def run(self, name, plan, what):
        done = self.server.psql(name, plan)
        if done.code != 0:
            raise Failure(f"{what}: {said(done)}")

    # ---- rows that the new rules refuse ----

    def make_room(self, name, plan, done):
        if not DATA_ERRORS.search(done.err) or len(self.told.refused) == REFUSALS_MAX:
            raise Failure(f"the plan: {said(done)}")
        if self.server.dump(name) != self.begin and "BEGIN;" in plan.read_text():
            self.check_only_enums(name)
        self.check_rows(name, self.old, "after a refusal")
        table = table_at_fault(plan, done)
        with self.server.session(self.start) as session:
            if not make_fewer(session, table):
                raise Failure(f"the plan, without a row in {table}: {said(done)}")
        self.told.refused.append(f"{table}: {said(done)}")

    def check_only_enums(self, name):
        """New values of an enum come before the transaction and may stay."""
        wanted, got = (re.sub(r"CREATE TYPE [^;]* AS ENUM[^;]*;", "", text)
                       for text in (self.begin, self.server.dump(name)))
        check_end_of("after a refusal", self.server.reader, wanted, got)

    # ---- verdicts ----

    def check_arrival(self, name, what):
        check_end_of(what, self.server.reader, self.end, self.server.dump(name))
        self.check_rows(name, self.new, what)
        second = self.server.tool.read("diff", "--exit-code", "-q", self.server.url(name),
                                       self.pair.new)
        if second.code != 0:
            raise Failure(f"{what}: a second diff: {second.out or second.err}"[:400])

    def check_rows(self, name, tables, what):
        """Each row of a table that both have, by the values of the columns of both."""
        with self.server.session(self.start) as session:
            wanted = contents(session, self.old, tables)
            numbers = sequences(session)
        with self.server.session(name) as session:
            got = contents(session, tables, self.old_as(tables))
            reached = sequences(session)
        for table, rows in wanted.items():
            lost = Counter(rows) - Counter(got[table])
            more = Counter(got[table]) - Counter(rows)
            if lost or more.total() > self.initial.get(table, 0):
                raise Failure(f"{what}: the rows of {table}: missing {list(lost)[:2]}, "
                              f"not expected {list(more)[:2]}")
        for sequence, number in numbers.items():
            if reached.get(sequence, number) < number:
                raise Failure(f"{what}: {sequence[0]} was at {number}, "
                              f"is at {reached[sequence]}")

    def old_as(self, tables):
        """The old columns in the types that they have now."""
        types = {(t.name, c.name): c for t in tables for c in t.columns}
        return [type(t)(t.name, [types[t.name, c.name] if not c.computed else c
                                 for c in t.columns if (t.name, c.name) in types])
                for t in self.old]


def table_at_fault(plan, done):
    named = NAMED.search(done.err)
    if named and not named.group(1).startswith("pg_temp"):
        return f'"{named.group(1)}"."{named.group(2)}"'
    line = int(LINE.search(done.err).group(1))
    before = "\n".join(plan.read_text().splitlines()[:line])
    if named or not ALTERED.search(before):  # asked before anything is changed
        return ASKED.search(before[before.rindex(GUARD):]).group(1)
    return ALTERED.findall(before)[-1]


def make_fewer(session, table):
    """One row of many, none of one; False: there was none."""
    count = count_of(session, table)
    if count > 1:
        try:
            session.ask(f"DELETE FROM {table} WHERE (tableoid, ctid) <> "
                        f"(SELECT tableoid, ctid FROM {table} LIMIT 1)")
        except ServerError:
            count = 1
    if count == 1:
        empty(session, table)
    return count > 0


def empty(session, table):
    """Whatever its triggers think of it."""
    session.ask("SET session_replication_role = replica; "
                f"TRUNCATE {table} CASCADE; RESET session_replication_role")


def count_of(session, table):
    return int(session.ask(f"SELECT count(*) FROM {table}")[0][0])


def check_end_of(what, reader, wanted, got):
    try:
        check_end(reader, wanted, got)
    except Failure as e:
        raise Failure(f"{what}: {e}") from e


def said(done):
    found = re.search(r"ERROR:  (?:\w{5}: )?(.*)", done.err)
    return found.group(1) if found else engine_error(done.err)
