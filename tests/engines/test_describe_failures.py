"""What goes wrong while a PostgreSQL database is described: exit 4, a clear sentence, and
never a password."""

import socket
import struct
import subprocess
import threading
import time

from runner.databases import loaded, psql
from runner.engines import params
from runner.postgres import ROLE_WITH_PASSWORD, find_program

SECRET = "geheim"


def refused(test, message, *args, code=4, **kwargs):
    done = test.refused(code, message, *args, **kwargs)
    test.check(SECRET not in done.err, "the password is shown\n" + done.story())
    return done


# ---- no connection ----

def test_nobody_listens(env):
    for url in (f"postgresql://somebody:{SECRET}@127.0.0.1:1/db",
                f"postgresql://somebody@127.0.0.1:1/db?password={SECRET}",
                f"host=127.0.0.1 port=1 user=somebody password={SECRET}",
                f"host=127.0.0.1 port=1 user=somebody password='{SECRET} 2'"):
        done = refused(env, "Connection refused", "describe", url)
        env.check("127.0.0.1" in done.err and "somebody" in done.err, done.story())
    refused(env, "No such file or directory", "describe", f"dbname=x host={env.dir}")


@params(("check",), ("print",), ("ddl",), ("lint",))
def test_every_command_says_it(env, command):
    refused(env, "Connection refused", command,
            f"postgresql://somebody:{SECRET}@127.0.0.1:1/db")


def test_wrong_password(env):
    url = env.postgres()
    psql(env, url, f"DROP ROLE IF EXISTS {ROLE_WITH_PASSWORD};"
                   f"CREATE ROLE {ROLE_WITH_PASSWORD} LOGIN PASSWORD 'right'")
    url = url.replace("user=postgres", f"user={ROLE_WITH_PASSWORD}")
    refused(env, "password authentication failed", "describe", f"{url}&password={SECRET}")
    refused(env, "no password supplied", "describe", url)
    env.ok("describe", f"{url}&password=right")


@params((f"postgresql://u:a/{SECRET}@h/db",), (f"postgresql://u:a@{SECRET}@h/db",),
        (f"postgresql://u:%zz{SECRET}@h/db",), (f"host=h password=a {SECRET}",),
        (f"password={SECRET} nonsense=1",), (f"postgresql://h/db?pass={SECRET}",),
        (f"postgresql://u:{SECRET}@h:port/db",))
def test_string_that_cannot_be_read(env, url):
    refused(env, "", "describe", url)


def test_password_is_no_part_of_a_title(env):
    url = loaded(env, "CREATE TABLE t (x integer)") + f"&password={SECRET}"
    done = env.schemac("check", url)
    env.equal(done.code, 0, done.story())
    env.check("no errors (1 table" in done.err and SECRET not in done.err, done.story())


@params((f"postgresql://u:{SECRET}@127.0.0.1:1/db",),
        (f"host=127.0.0.1 port=1 password={SECRET}",))
def test_nothing_is_migrated(env, url):
    """Nor is it taken for the path of a SQLite file."""
    refused(env, "Connection refused", "migrate", "up", "--database", url,
            env.root / "schemas/parking")
    env.equal(list(env.dir.iterdir()), [], "files")


def test_no_such_database(env):
    url = env.postgres().replace("///", "///not_there_")
    refused(env, "does not exist", "describe", url)


def test_connecting_takes_no_longer_than_is_said(env):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        began = time.monotonic()
        refused(env, "timeout expired", "describe",
                f"host=127.0.0.1 port={port} connect_timeout=2 password={SECRET}")
        env.check(time.monotonic() - began < 9, "two seconds were asked for")


# ---- a server that is too old: none is at hand, so its greeting is played ----

def message(kind, body):
    return kind + struct.pack("!i", len(body) + 4) + body


def greet(listener, version):
    connection, _ = listener.accept()
    with connection:
        while True:
            length, code = struct.unpack("!ii", connection.recv(8))
            connection.recv(length - 8) if length > 8 else b""
            if code == 196608:
                break
            connection.sendall(b"N")  # no encryption
        connection.sendall(
            message(b"R", struct.pack("!i", 0))
            + b"".join(message(b"S", f"{name}\0{value}\0".encode()) for name, value in (
                ("server_version", version), ("client_encoding", "UTF8")))
            + message(b"K", struct.pack("!ii", 1, 1)) + message(b"Z", b"I"))
        connection.recv(100)


def test_server_that_is_too_old(env):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=greet, args=(listener, "13.14"), daemon=True)
        thread.start()
        refused(env, "the server is PostgreSQL 13, and 14 is the oldest", "describe",
                f"host=127.0.0.1 port={listener.getsockname()[1]} dbname=x user=u")
        thread.join(10)


# ---- what is in the database ----

def test_role_without_rights_on_a_catalog(env):
    url = loaded(env, "CREATE TABLE t (x integer); DROP ROLE IF EXISTS outsider;"
                      "CREATE ROLE outsider LOGIN; REVOKE SELECT ON pg_proc FROM PUBLIC")
    refused(env, "permission denied for table pg_proc", "describe",
            url.replace("user=postgres", "user=outsider"))


def test_database_of_another_encoding(env):
    url = env.postgres("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    psql(env, url, "SET client_encoding = 'UTF8'; CREATE TABLE t (\"größe\" integer);"
                   "COMMENT ON TABLE t IS 'Maße'")
    out = env.ok("describe", url)
    env.check('"größe" integer' in out or "größe integer" in out, out)
    env.check("'Maße'" in out, out)


def test_database_without_an_encoding(env):
    url = env.postgres("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    psql(env, url, "CREATE TABLE t (x integer); COMMENT ON TABLE t IS 'Maße'")
    env.check("'Maße'" in env.ok("describe", url), "UTF-8 by chance")
    psql(env, url, "DO $$ BEGIN EXECUTE 'COMMENT ON TABLE t IS ''Ma' || chr(223)"
                   " || 'e'''; END $$")
    done = refused(env, "comments cannot be read: invalid byte sequence", "describe", url)
    env.check("the database has the encoding SQL_ASCII" in done.err, done.story())


# ---- others at work meanwhile ----

class Session:
    """Another session, that holds what it has done until it is told to commit."""

    def __init__(self, env, url, sql):
        self.process = subprocess.Popen(
            [find_program("psql"), "-X", "-q", "-A", "-t", "-d", url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(f"BEGIN; {sql}; SELECT 'done';\n")
        self.process.stdin.flush()
        env.equal(self.process.stdout.readline(), "done\n", "the other session")

    def finish(self, how="COMMIT"):
        self.process.communicate(f"{how};\n")


def wait_for_lock(env, url):
    """Until somebody waits for a lock in the database."""
    for _ in range(200):
        waiting = psql(env, url, "SELECT count(*) FROM pg_locks l JOIN pg_database d ON "
                                 "d.oid = l.database WHERE NOT granted AND "
                                 "d.datname = current_database()")
        if waiting != "0\n":
            return
        time.sleep(0.05)
    env.check(False, "nobody waits")


VIEWS = """CREATE TABLE kept (x integer); CREATE TABLE gone (x integer);
           CREATE VIEW kept_v AS SELECT x FROM kept;
           CREATE VIEW gone_v AS SELECT x FROM gone;"""


@params(("DROP VIEW gone_v; DROP TABLE gone",), ("ALTER TABLE gone RENAME x TO y",),
        ("ALTER VIEW gone_v RENAME TO other; ALTER TABLE gone RENAME TO another",),
        ("CREATE OR REPLACE VIEW gone_v AS SELECT x FROM kept; DROP TABLE gone",))
def test_schema_changes_while_it_is_read(env, change):
    """What is said is the database before or after, never a mixture."""
    url = loaded(env, VIEWS)
    other = Session(env, url, change)
    running = env.start_schemac("describe", url)
    wait_for_lock(env, url)
    other.finish()
    out, err = running.communicate(timeout=60)
    env.equal(running.returncode, 0, err.decode())
    env.equal(out.decode(), env.ok("describe", url), "as it is afterwards")


def test_table_that_somebody_holds(env):
    url = loaded(env, VIEWS)
    other = Session(env, url, "LOCK TABLE gone_v IN ACCESS EXCLUSIVE MODE")
    refused(env, "lock timeout", "describe", url,
            env={"PGOPTIONS": "-c lock_timeout=300ms"})
    other.finish("ROLLBACK")


def test_server_that_goes_away(env):
    url = loaded(env, VIEWS)
    other = Session(env, url, "LOCK TABLE gone_v IN ACCESS EXCLUSIVE MODE")
    running = env.start_schemac("describe", url)
    wait_for_lock(env, url)
    psql(env, url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                   "WHERE application_name = 'schemac' AND datname = current_database()")
    out, err = running.communicate(timeout=60)
    other.finish("ROLLBACK")
    env.equal(running.returncode, 4, err.decode())
    env.check(out == b"" and b"terminating connection" in err, err.decode())
