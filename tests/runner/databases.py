"""What tests ask of databases: SQL is run, declarations become a database, two PostgreSQL
databases are compared by pg_dump.

`env.postgres()` and `env.sqlite()` make the databases; `env.same_schema` has the verdict
of an outside reader.
"""

import difflib
import sqlite3

from .base import Skip
from .postgres import find_program

STORY_MAX = 3000  # characters that a failure repeats


def try_psql(env, url, sql):
    """The finished run of the server's own shell, which stops at the first error."""
    program = find_program("psql")
    if program is None:
        raise Skip("psql is not installed: run `make deps`")
    return env.run(program, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url,
                   stdin=sql)


def psql(env, url, sql):
    """What the server says to SQL that must succeed: a line a row, values between `|`."""
    done = try_psql(env, url, sql)
    env.check(done.code == 0, (sql + "\n" + done.story())[-STORY_MAX:])
    return done.out


def psql_refused(env, url, sql, message):
    """SQL that must fail, and the server's words for that."""
    done = try_psql(env, url, sql)
    env.check(done.code != 0 and message in done.err, sql + "\n" + done.story())


def written(env, name, sql):
    """The path of a file of the test's folder that holds `sql`."""
    path = env.dir / name
    path.write_text(sql)
    return path


def case(env, name):
    """The SQL of tests/NAME.sql, a case or a bug.  Each text stands in one place."""
    return (env.root / "tests" / f"{name}.sql").read_text()


def created(env, source):
    """The URL of a database that is made by what `ddl` prints of the declarations."""
    url = env.postgres()
    psql(env, url, env.ok("ddl", "-q", "--dialect", "postgres", source))
    return url


def loaded(env, sql):
    """The URL of a database that the server itself makes of the SQL."""
    url = env.postgres()
    psql(env, url, sql)
    return url


def dumped(env, url):
    program = find_program("pg_dump")
    if program is None:
        raise Skip("pg_dump is not installed: run `make deps`")
    done = env.run(program, "--schema-only", "--no-owner", "-d", url)
    env.check(done.code == 0, done.story())
    # A key that is another one each time.
    return "".join(line for line in done.out.splitlines(keepends=True)
                   if not line.startswith(("\\restrict", "\\unrestrict")))


def check_same(env, actual, expected, what):
    """Two databases by their dumps, to the letter; the lines that differ are shown."""
    lines = difflib.unified_diff(dumped(env, expected).splitlines(),
                                 dumped(env, actual).splitlines(), "expected", "actual",
                                 lineterm="", n=1)
    env.equal("\n".join(lines), "", what)


def sqlite_refused(env, path, sql):
    """SQL that breaks a constraint of a SQLite database."""
    try:
        env.sqlite_script(path, sql)
    except sqlite3.IntegrityError:
        return
    env.check(False, f"SQLite takes {sql}")


class Shell:
    """A database, and the shell of its engine, which stops at the first error."""

    def __init__(self, env, dialect, name="app.db"):
        self.env, self.dialect = env, dialect
        self.at = env.postgres() if dialect == "postgres" else env.sqlite(name)

    def run(self, sql):
        if self.dialect == "sqlite":
            return self.env.run("sqlite3", "-bail", self.at, stdin=sql)
        return try_psql(self.env, self.at, sql)

    def ok(self, sql):
        done = self.run(sql)
        self.env.check(done.code == 0, sql + "\n" + done.story())
        return done.out

    def refused(self, sql, message):
        done = self.run(sql)
        self.env.check(done.code != 0 and message in done.err, sql + "\n" + done.story())
