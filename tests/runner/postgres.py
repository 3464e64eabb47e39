"""A private PostgreSQL server, started when the first test asks for it.

It runs as an unprivileged user, listens on a socket in its own temporary folder only, and
is stopped by its own process id.  Where it cannot be had, the tests that ask for it are
skipped.
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from .base import Failure, Skip, environment
from .libpq import ServerError, Session

# How each is asked for its password.
ROLES_WITH_PASSWORD = {"needs_password": "scram-sha-256", "needs_md5": "md5"}
ROLE_OF_MIGRATIONS = "migrates_with_password"

START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 30

SETTINGS = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "listen_addresses": "", "max_connections": "60", "timezone": "UTC",
}
# Hundreds of databases are made and dropped: nothing of that is written twice.
ALONE = {"wal_level": "minimal", "max_wal_senders": "0"}


def find_program(name):
    """Debian keeps the server's programs out of PATH, one folder per version."""
    def version(path):
        number = path.split("/")[-3]
        return int(number) if number.isdigit() else 0
    debian = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=version)
    return debian[-1] if debian else shutil.which(name)


def unprivileged_user():
    """The user that the server runs as; None: the caller himself, who is not root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Skip("PostgreSQL refuses to run as root, and there is no other user")


class PostgresServer:
    def __init__(self, folder, has_standby=False):
        self.folder = folder
        self.settings = SETTINGS if has_standby else SETTINGS | ALONE
        self.process = None
        self.unavailable = None  # why, once it is known
        self.lock = threading.Lock()
        self.databases, self.prefix = 0, "test"  # of their names
        self.sessions = threading.local()

    def database(self, options=""):
        """The connection URL of a new empty database."""
        name = self._new_name()
        self._ask(f"CREATE DATABASE {name} TEMPLATE template0 {options}")
        return f"postgresql:///{name}?host={self.folder}&user=postgres"

    def drop(self, url):
        """What database() gave, where the server is still there."""
        name = url.split("/")[3].split("?")[0]
        if self.process is not None:
            self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def environment(self):
        """What leads programs to the server."""
        with self.lock:
            self._start_once()
        return {"PGHOST": str(self.folder), "PGUSER": "postgres"}

    @contextlib.contextmanager
    def lent_database(self, template="template0"):
        """The name of a new database, empty or a copy of one that nobody is connected to,
        that is dropped when its user is done."""
        name = self._new_name()
        self._ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name
        finally:
            self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def _new_name(self):
        with self.lock:
            self._start_once()
            self.databases += 1
            return f"{self.prefix}_{self.databases}"

    def make_roles(self, names):
        """Roles are the server's: those that are there stay as they are."""
        with self.lock:
            self._start_once()
            quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
            self._psql("postgres", f"""
                DO $$ DECLARE name text; BEGIN
                    FOREACH name IN ARRAY ARRAY[{quoted}] LOOP
                        IF to_regrole(quote_ident(name)) IS NULL THEN
                            EXECUTE format('CREATE ROLE %I', name);
                        END IF;
                    END LOOP;
                END $$""")

    def become_standby(self):
        """Stop, and go on as a standby that only reads and waits for a primary."""
        self.stop()
        (self.folder / "data/standby.signal").touch()
        self.start_again()

    def _start_once(self):
        if self.unavailable:
            raise Skip(self.unavailable)
        if self.process is None:
            try:
                self._start()
            except Skip as e:
                self.unavailable = str(e)
                raise

    def _start(self):
        postgres, initdb = find_program("postgres"), find_program("initdb")
        if postgres is None or initdb is None:
            raise Skip("the PostgreSQL server is not installed: run `make deps`")
        self.folder.mkdir()
        user = unprivileged_user()
        if user is not None:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        data = str(self.folder / "data")
        self._run_as(user, [initdb, "-D", data, "-U", "postgres", "-A", "trust",
                            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        self._ask_for_passwords(Path(data) / "pg_hba.conf")
        self._run(postgres, user)

    def _run(self, postgres, user):
        settings = [f"--{key}={value}" for key, value in self.settings.items()]
        data = str(self.folder / "data")
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                self._as(user) + [postgres, "-D", data, "-k", self.folder] + settings,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env=environment())
        self._wait_until_ready()

    @staticmethod
    def _ask_for_passwords(rules):
        """Everybody is trusted but some roles, for the tests of wrong passwords."""
        asked = {**ROLES_WITH_PASSWORD, ROLE_OF_MIGRATIONS: "scram-sha-256"}
        rules.write_text("".join(f"local all {role} {method}\n" for role, method
                                 in asked.items()) + rules.read_text())

    def _as(self, user):
        """Also die when the test run is killed outright: SIGINT is a fast shutdown."""
        if shutil.which("setpriv") is None:
            if user is not None:
                raise Skip("setpriv is not there to run PostgreSQL as another user")
            return []
        command = ["setpriv", "--pdeathsig", "SIGINT"]
        if user is not None:
            command += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}",
                        "--clear-groups"]
        return command + ["--"]

    def _run_as(self, user, command):
        done = subprocess.run(self._as(user) + command, stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.STDOUT, cwd=self.folder, check=False,
                              env=environment())
        if done.returncode != 0:
            raise Failure(f"{command[0]} failed\n{done.stdout}")

    def _wait_until_ready(self):
        until = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < until and self.process.poll() is None:
            if self._try_psql("postgres", "SELECT 1").returncode == 0:
                return
            time.sleep(0.1)
        raise Failure("PostgreSQL did not start\n" + (self.folder / "log").read_text())

    def _try_psql(self, database, sql):
        return subprocess.run(
            [find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder,
             "-U", "postgres", "-d", database, "-c", sql], check=False, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment())

    def _psql(self, database, sql):
        done = self._try_psql(database, sql)
        if done.returncode != 0:
            raise Failure(f"psql: {done.stdout}")

    def _ask(self, sql):
        """In this process, by one connection for each thread: it is asked for often."""
        sessions = self.sessions.__dict__
        if sessions.get("of") is not self.process:
            url = f"postgresql:///postgres?host={self.folder}&user=postgres"
            sessions.update(of=self.process, session=Session(url))
        try:
            sessions["session"].ask(sql)
        except ServerError as e:
            raise Failure(f"{sql}: {e}") from e

    def start_again(self):
        self._run(find_program("postgres"), unprivileged_user())

    def stop(self, at_once=False):
        """`at_once`: as `pg_ctl stop -m immediate`, without a word to anybody."""
        ways = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
        with self.lock:
            if self.process is None:
                return
            for how in ways[1:] if at_once else ways:
                self.process.send_signal(how)
                try:
                    self.process.wait(STOP_SECONDS_MAX)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self.process = None
