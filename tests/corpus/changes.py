"""Changes of others: does the plan from one end of a case lead to the other?

A database is made of from.sql, with the rows of seed.sql; the plan is run on it.
Then the outside reader finds it equal to one that is made of to.sql, no row is lost, and
`diff` between the database and to.sql finds nothing more.  Where both ends are one schema
in two spellings, the plan itself is empty.

Offline, the old side is the file; live, it is the database, and the plan the one for
tables in use.
"""

import re

from runner.base import Failure
from runner.postgres import find_program

from .loads import Postgres, engine_error, in_scope, meta_of, shown_difference
from .probes import Tool, failure_of

COUNTS = """
SELECT format('%I.%I ', nspname, relname) || (xpath('/row/n/text()', query_to_xml(
    format('SELECT count(*) AS n FROM %I.%I', nspname, relname), false, true, '')))[1]
FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace
WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)' ORDER BY 1
"""
FRAME = re.compile(r"--[^\n]*|\b(BEGIN|COMMIT|SET LOCAL \w+ = '[^']*')\s*;")
WANTED = ("ok", "noop")  # what a case expects; others expect a refusal


class Server(Postgres):
    """The same server, asked for more than the facts that are compared."""

    def load(self, tool, name, path):
        done = tool.execute([find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                             "-d", self.url(name), "-f", path])
        if done.code != 0:
            raise Failure(engine_error(done.err))

    def counts(self, tool, name):
        """{table: rows}"""
        done = tool.execute([find_program("psql"), "-X", "-q", "-A", "-t",
                             "-d", self.url(name), "-c", COUNTS])
        if done.code != 0:
            raise Failure("psql: " + done.err)
        return {table: int(count) for table, count in
                (line.rsplit(" ", 1) for line in done.out.splitlines())}

    def dump(self, tool, name):
        done = tool.execute([find_program("pg_dump"), "-s", "--no-owner",
                             "-d", self.url(name)])
        if done.code != 0:
            raise Failure("pg_dump: " + done.err)
        return done.out


def cases(shared):
    """The to.sql of each case that both ends keep in scope."""
    return [path for path in sorted((shared / "cases/postgres").glob("*/*/to.sql"))
            if in_scope(path) and in_scope(path.with_name("from.sql"))
            and meta_of(path)["expect"] in WANTED]


def probe_changes(context, folder, shared, paths, live):
    """({path: problem of the end}, {path: what a second diff still finds})"""
    server = Server(context, shared, paths)
    tool = Tool(context, folder, ["--dialect", "postgres", "--allow", "all"])
    ends, again = {}, {}
    for number, path in enumerate(paths):
        try:
            more = probe_change(tool, server, path, folder / f"{number}.sql", live)
        except Failure as e:
            ends[path] = str(e)
            continue
        if more:
            again[path] = more
    return ends, again


def probe_change(tool, server, path, plan, live):
    """What a second diff finds, or None; raises Failure where the end is another."""
    meta, end = meta_of(path), path.with_name("expected_db.sql")
    end = end if end.is_file() else path
    start, seed = path.with_name("from.sql"), path.with_name("seed.sql")
    with server.server.lent_database() as name:
        server.load(tool, name, end)
        wanted = server.dump(tool, name)
    with server.server.lent_database() as name:
        server.load(tool, name, start)
        if seed.is_file():
            server.load(tool, name, seed)
        rows = server.counts(tool, name)
        url = server.url(name)
        plan.write_text(taken(tool.read("diff", "-q", url if live else start, end)))
        if is_empty_wanted(meta) and FRAME.sub("", plan.read_text()).strip():
            raise Failure("the plan is not empty")
        server.load(tool, name, plan)
        check_rows(rows, server.counts(tool, name))
        check_end(server.reader, wanted, server.dump(tool, name))
        second = tool.read("diff", "-q", "--exit-code", url, end)
    return first_step(second) if second.code != 0 else None


def is_empty_wanted(meta):
    return ((meta["expect"] == "noop" or meta.get("same_schema"))
            and not meta.get("tolerant"))


def taken(run):
    if failure_of(run):
        raise Failure("diff: " + failure_of(run))
    return run.out


def first_step(run):
    found = re.search(r"^-- 01 (.*)", run.out, re.M)
    return found.group(1) if found else failure_of(run)


def check_rows(before, after):
    lost = [table for table, count in before.items() if after.get(table, count) < count]
    if lost:
        raise Failure("rows are lost: " + ", ".join(lost))


def check_end(reader, wanted, got):
    if reader.verdict(wanted, got) == "different":
        raise Failure("another database: "
                      + shown_difference(reader.norm(wanted), reader.norm(got)))
