"""Suite `engines`: functions test_*(env) in tests/engines/test_*.py, on real databases.

A function with @params((a, b), …) is one test for each tuple, called test(env, a, b).
What it returns is what it measured.
"""

import importlib.util
import os
import pwd
import shlex
import shutil
import sqlite3
import subprocess
import sys

from . import outside
from .base import (PASSED, Failure, Job, Result, Skip, environment, execute,
                   shared_folder)


def params(*tuples):
    def mark(function):
        function.params = [t if isinstance(t, tuple) else (t,) for t in tuples]
        return function
    return mark


def spread(first, last, count=3):
    """Numbers from one to the other, both among them: all of them with KILLS=whole."""
    if os.environ.get("KILLS") == "whole" or last - first < count:
        return list(range(first, last + 1))
    return [first + (last - first) * i // (count - 1) for i in range(count)]


def jobs(context):
    found = []
    for path in sorted((context.root / "tests/engines").glob("test_*.py")):
        found += module_jobs(path)
    return found


def module_jobs(path):
    module = load(path)
    prefix = "engines/" + path.stem[len("test_"):]
    for name, function in vars(module).items():
        if not name.startswith("test_") or not callable(function):
            continue
        title = name[len("test_"):]
        for values in getattr(function, "params", [()]):
            full = f"{prefix}/{title}"
            if values:
                full += f"[{','.join(map(str, values))}]"
            yield Job(full, function_runner(full, function, values))


def load(path):
    """By path: the tests are not a package, and two may have one name."""
    spec = importlib.util.spec_from_file_location("engines_" + path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def function_runner(name, function, values):
    def run(context):
        env = Env(context, context.scratch(name))
        try:
            figure = function(env, *values)
        finally:
            env.close()
        return [Result(name, PASSED, figure)] if figure else None
    return run


class Env:
    """What a test is given."""

    def __init__(self, context, folder):
        self.context = context
        self.root = context.root
        self.dir = folder  # of this test alone
        self.lent = []     # databases on the server

    def close(self):
        for url in self.lent:
            self.context.postgres.drop(url)

    # ---- programs ----

    def run(self, *command, stdin="", env=None, cwd=None):
        return execute(command, cwd=cwd or self.dir, stdin=stdin, env=env)

    def schemac(self, *args, stdin="", env=None, cwd=None):
        return self.run(self.context.program, *args, stdin=stdin, env=env, cwd=cwd)

    def ok(self, *args, **kwargs):
        """Standard output of a schemac command that must succeed."""
        done = self.schemac(*args, **kwargs)
        if done.code != 0:
            raise Failure("should have succeeded\n" + done.story())
        return done.out

    def refused(self, code, message, *args, **kwargs):
        """A schemac command that must end with `code`, say `message`, print nothing."""
        done = self.schemac(*args, **kwargs)
        self.check(done.code == code, f"exit code {code} expected\n" + done.story())
        self.check(message in done.err, f"message {message!r} expected\n" + done.story())
        self.check(done.out == "", "standard output should be empty\n" + done.story())
        return done

    def start_schemac(self, *args, stdin=subprocess.DEVNULL, **kwargs):
        """A schemac process that the test ends itself."""
        return subprocess.Popen(
            [str(self.context.program), *map(str, args)], cwd=self.dir,
            env=environment(), stdin=stdin, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, **kwargs)

    def limited(self, limits, *args):
        """schemac under shell limits, such as "ulimit -f 100"."""
        line = " ".join(shlex.quote(str(a)) for a in (self.context.program, *args))
        return self.run("sh", "-c", f"{limits} && exec {line}")

    def unprivileged(self, *args):
        """schemac as somebody whom file rights bind, which root is not."""
        if os.getuid() != 0:
            return self.schemac(*args)
        if shutil.which("setpriv") is None:
            raise Skip("root may read everything, and setpriv is not there")
        nobody = pwd.getpwnam("nobody")
        # The program may stand where only root may look.
        copy = self.dir / "schemac-copy"
        shutil.copy(self.context.program, copy)
        copy.chmod(0o755)
        return self.run("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}",
                        "--clear-groups", "--", copy, *args)

    # ---- databases ----

    def sqlite(self, name="app.db", sql=None):
        """The path of a SQLite database in the test's folder, with `sql` run in it."""
        path = self.dir / name
        if sql is not None:
            self.sqlite_script(path, sql)
        return path

    def sqlite_script(self, path, sql):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.executescript(sql)
        finally:
            connection.close()

    def query(self, path, sql, *values):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def postgres(self, options=""):
        """The URL of a new empty database on the one private server; `options` of CREATE
        DATABASE."""
        self.lent.append(self.context.postgres.database(options))
        return self.lent[-1]

    # ---- data of others ----

    def find_shared(self, path):
        """A file or folder of them, or None."""
        found = shared_folder(self.root) / path
        return found.resolve() if found.exists() else None

    def shared(self, path):
        """The same for a test that cannot do without."""
        found = self.find_shared(path)
        if found is None:
            raise Skip(f"../shared/{path} is absent")
        return found

    # ---- verdicts ----

    def same_schema(self, one, other, column_order=True):
        """Two SQLite files, or two PostgreSQL URLs, have one schema to their engine."""
        allowed = [outside.EQUAL]
        if not column_order:
            allowed.append(outside.EQUAL_BUT_FOR_COLUMN_ORDER)
        if str(one).startswith("postgresql:"):
            outside.same_postgres(self, one, other, allowed)
        else:
            outside.same_sqlite(self, one, other, allowed)

    def check(self, condition, message):
        if not condition:
            raise Failure(message)

    def equal(self, actual, expected, what):
        if actual != expected:
            raise Failure(f"{what}:\nactual   {actual!r}\nexpected {expected!r}")
