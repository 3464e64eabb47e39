"""Is a database told whole?  The original is loaded, described, and a second database is
made of the description: the outside reader finds both equal.  Nor does `diff` see a
difference between the description and the database.
"""

from runner.base import Failure
from runner.postgres import find_program

from .loads import Postgres, engine_error, shown_difference
from .probes import Tool, failure_of


COUNTS = """
SELECT format('%I.%I ', nspname, relname) || (xpath('/row/n/text()', query_to_xml(
    format('SELECT count(*) AS n FROM %I.%I', nspname, relname), false, true, '')))[1]
FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace
WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)' ORDER BY 1
"""


class Server(Postgres):
    """The same server, whose databases stay for what is asked of them."""

    def url(self, name):
        return f"postgresql:///{name}?host={self.server.folder}&user=postgres"

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

    def facts_of(self, tool, name):
        return self.reader.norm(self.dump(tool, name))

    def dump(self, tool, name):
        done = tool.execute([find_program("pg_dump"), "-s", "--no-owner",
                             "-d", self.url(name)])
        if done.code != 0:
            raise Failure("pg_dump: " + done.err)
        return done.out


def probe_described(context, folder, shared, group, paths):
    """{path: problem} of the files."""
    del group
    server = Server(context, shared, paths)
    tool = Tool(context, folder, [])
    problems = {}
    for number, path in enumerate(paths):
        try:
            why = problem_of(tool, server, path, folder / f"{number}")
        except Failure as e:
            why = str(e)
        if why:
            problems[path] = why
    return problems


def succeeded(run, what):
    if failure_of(run):
        raise Failure(f"{what}: {failure_of(run)}")
    return run.out


def problem_of(tool, server, path, files):
    described, ours = files.with_suffix(".sql"), files.with_suffix(".ddl")
    with server.server.lent_database() as name:
        server.load(tool, name, path)
        url = server.url(name)
        described.write_text(succeeded(tool.run("describe", url), "describe"))
        succeeded(tool.run("diff", "--exit-code", described, url), "diff with itself")
        wanted = server.facts_of(tool, name)
    ours.write_text(succeeded(tool.run("ddl", "-q", described), "ddl"))
    with server.server.lent_database() as name:
        server.load(tool, name, ours)
        got = server.facts_of(tool, name)
        again = succeeded(tool.run("describe", server.url(name)), "describe once more")
    if wanted != got:
        return "another database: " + shown_difference(wanted, got)
    if again != described.read_text():
        return "is described in other words once it is made of them"
    return None
