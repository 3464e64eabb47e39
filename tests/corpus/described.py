"""Is a database told whole?  The original is loaded, described, and a second database is
made of the description: the outside reader finds both equal.  Nor does `diff` see a
difference between the description and the database.
"""

from runner.base import Failure

from .loads import Postgres, shown_difference
from .probes import Tool, failure_of


def probe_described(context, folder, shared, group, paths):
    """{path: problem} of the files."""
    del group
    server = Postgres(context, shared, paths)
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
    with server.loaded(path, tool.folder) as name:
        url = server.url(name)
        described.write_text(succeeded(tool.run("describe", url), "describe"))
        succeeded(tool.run("diff", "--exit-code", described, url), "diff with itself")
        wanted = server.facts_of(name, tool.folder)
    ours.write_text(succeeded(tool.run("ddl", "-q", described), "ddl"))
    with server.loaded(ours, tool.folder) as name:
        got = server.facts_of(name, tool.folder)
        again = succeeded(tool.run("describe", server.url(name)), "describe once more")
    if wanted != got:
        return "another database: " + shown_difference(wanted, got)
    if again != described.read_text():
        return "is described in other words once it is made of them"
    return None
