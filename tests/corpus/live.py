"""Is a SQLite database that loaded a file the file's own?  `diff` says of neither side
that the other must change, and a database made of what `describe` says is equal to it by
the outside reader.
"""

import sqlite3

from runner.base import Failure

from .loads import Sqlite, shown_difference
from .probes import Tool, failure_of

DIALECT = ["--dialect", "sqlite"]


def load(path, text):
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA synchronous = OFF;")
        connection.executescript(text)
    except sqlite3.Error as e:
        raise Failure(str(e)) from e
    finally:
        connection.close()


def facts(reader, path):
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return reader.sig(connection)[0]
    finally:
        connection.close()


def difference_problem(tool, one, other, what):
    """Neither a change nor a statement about one."""
    done = tool.run("diff", "-q", "--exit-code", *DIALECT, one, other)
    if isinstance(done, Failure) or done.code not in (0, 1):
        return f"{what}: {failure_of(done)}"
    statements = [line for line in done.out.splitlines()
                  if line and not line.startswith("--")]
    if done.code == 1 or statements:
        return f"{what}: {' '.join(statements[:3]) or 'a difference'}"
    return None


def described_problem(tool, reader, database, files):
    described, again = files.with_suffix(".described.sql"), files.with_suffix(".again.db")
    made = tool.run("describe", f"sqlite:{database}")
    if failure_of(made):
        return f"describe: {failure_of(made)}"
    described.write_text(made.out, encoding="utf-8")
    load(again, made.out)
    wanted, got = facts(reader, database), facts(reader, again)
    if wanted != got:
        return "described as another: " + shown_difference(wanted, got)
    ours = tool.run("ddl", "-q", *DIALECT, described)
    if failure_of(ours):
        return f"ddl of the description: {failure_of(ours)}"
    third = files.with_suffix(".third.db")
    load(third, ours.out)
    got = facts(reader, third)
    return None if wanted == got else "made as another: " + shown_difference(wanted, got)


def problem_of(tool, reader, path, files):
    database = files.with_suffix(".db")
    load(database, path.read_text(encoding="utf-8"))
    url = f"sqlite:{database}"
    return (difference_problem(tool, path, url, "from the file")
            or difference_problem(tool, url, path, "from the database")
            or described_problem(tool, reader, database, files))


def probe_live(context, folder, shared, group, paths):
    """{path: problem} of the files."""
    del group
    reader = Sqlite(context, shared, paths).reader
    tool = Tool(context, folder, [])
    problems = {}
    for number, path in enumerate(paths):
        try:
            why = problem_of(tool, reader, path, folder / f"live-{number}")
        except Failure as e:
            why = str(e)
        if why:
            problems[path] = why
    return problems
