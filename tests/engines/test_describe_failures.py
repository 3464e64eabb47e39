"""What goes wrong while a PostgreSQL database is described: exit 4, a clear sentence, and
never a password."""

import os
import re
import socket
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from runner.databases import loaded, psql, psql_refused, written
from runner.engines import params
from runner.postgres import ROLES_WITH_PASSWORD, PostgresServer, find_program

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


def role_url(url, role):
    return url.replace("user=postgres", f"user={role}")


@params(*ROLES_WITH_PASSWORD)
def test_wrong_password(env, role):
    url = env.postgres()
    method = ROLES_WITH_PASSWORD[role]
    psql(env, url, f"SET password_encryption = '{method}'; DROP ROLE IF EXISTS {role};"
                   f"CREATE ROLE {role} LOGIN PASSWORD 'right'")
    url = role_url(url, role)
    kept = written(env, "pgpass", f"*:*:*:*:{SECRET}\n")
    kept.chmod(0o600)
    for given, extra in ((f"{url}&password={SECRET}", {}),
                         (url.replace(f"user={role}", "").replace(
                             "///", f"//{role}:{SECRET}@/"), {}),
                         (url, {"PGPASSWORD": SECRET}), (url, {"PGPASSFILE": str(kept)})):
        done = refused(env, "password authentication failed", "describe", given,
                       env=extra)
        env.check(role in done.err, done.story())
    refused(env, "no password supplied", "describe", url)
    env.ok("describe", f"{url}&password=right")
    env.ok("describe", url, env={"PGPASSWORD": "right"})


def test_roles_that_may_not_come_in(env):
    url = env.postgres()
    name = re.search("///(\\w+)", url).group(1)
    psql(env, url, "DROP ROLE IF EXISTS never, full_house, uninvited;"
                   "CREATE ROLE never; CREATE ROLE full_house LOGIN CONNECTION LIMIT 0;"
                   "CREATE ROLE uninvited LOGIN;"
                   f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC")
    for role, message in (("never", "not permitted to log in"),
                          ("full_house", "too many connections for role"),
                          ("uninvited", "permission denied for database"),
                          ("not_there", 'role "not_there" does not exist')):
        refused(env, message, "describe", role_url(url, role))


@params(("postgresql://nowhere.invalid/db", "could not translate host name"),
        ("service=not_there", 'definition of service "not_there" not found'),
        ("postgresql:///db?sslmode=maybe", 'invalid sslmode value: "maybe"'),
        ("postgresql:///db?target_session_attrs=any&port=many", "invalid integer value"),
        ("host=a,b port=1,2,3 dbname=d", "could not match 3 port numbers to 2 hosts"))
def test_connection_that_cannot_be_tried(env, url, message):
    refused(env, message, "describe", url, env={"PGPASSWORD": SECRET})


def test_options_of_a_connection(env):
    url = loaded(env, "CREATE TABLE t (x integer)")
    folder = re.search("host=([^&]*)", url).group(1)
    wanted = env.ok("describe", url)
    for more in ("&options=-c%20default_transaction_isolation%3Dserializable",
                 "&options=-c%20search_path%3Dnowhere", "&target_session_attrs=primary",
                 "&application_name=other&connect_timeout=5&keepalives=0"):
        env.equal(env.ok("describe", url + more), wanted, more)
    several = url.replace(folder, f"/not/there,{folder}")
    env.equal(env.ok("describe", several), wanted, "the host that answers")
    refused(env, 'unrecognized configuration parameter "nonsense"', "describe",
            f"{url}&options=-c%20nonsense%3D1")
    refused(env, "not in hot standby mode", "describe",
            f"{url}&target_session_attrs=standby")


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

# What is revoked, and what cannot be read then.
RIGHTS = {
    "SELECT ON pg_class":
        "the database cannot be read: permission denied for table pg_class",
    "SELECT ON pg_depend": "the database cannot be read",
    "SELECT ON pg_proc": "permission denied for table pg_proc",
    "SELECT ON pg_policy": "policies cannot be read",
    "SELECT ON pg_roles": "grants cannot be read",
    "SELECT ON pg_seclabel": "the rest cannot be read",
    "SELECT ON pg_user_mappings": "permission denied for view pg_user_mappings",
    "EXECUTE ON FUNCTION pg_get_expr(pg_node_tree, oid)":
        "domains cannot be read: permission denied for function pg_get_expr",
    "EXECUTE ON FUNCTION pg_get_viewdef(oid)": "views cannot be read",
    "EXECUTE ON FUNCTION pg_get_functiondef(oid)": "functions cannot be read",
}


@params(*RIGHTS)
def test_role_without_rights_on_a_catalog(env, right):
    """Nothing is left out because it may not be seen."""
    url = loaded(env, f"""CREATE TABLE t (x integer PRIMARY KEY);
        CREATE VIEW v AS SELECT 1;
        CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE POLICY p ON t USING (x > 1);
        DROP ROLE IF EXISTS outsider; CREATE ROLE outsider LOGIN;
        REVOKE {right} FROM PUBLIC""")
    done = refused(env, RIGHTS[right], "describe", role_url(url, "outsider"))
    env.check("hint: describing needs the rights on the catalogs" in done.err,
              done.story())


def test_what_a_role_may_not_see_is_told(env):
    """The options of a mapping are no part of a schema; that there are mappings is told
    to everybody."""
    url = loaded(env, f"""CREATE FOREIGN DATA WRAPPER w;
        CREATE SERVER s FOREIGN DATA WRAPPER w;
        CREATE USER MAPPING FOR postgres SERVER s OPTIONS (password '{SECRET}');
        CREATE SCHEMA closed; CREATE TABLE closed.t (x integer DEFAULT 7 CHECK (x > 1));
        CREATE FUNCTION closed.f() RETURNS integer LANGUAGE sql AS 'SELECT 2';
        REVOKE ALL ON TABLE closed.t FROM postgres;
        DROP ROLE IF EXISTS outsider; CREATE ROLE outsider LOGIN;
        REVOKE ALL ON FUNCTION closed.f() FROM PUBLIC""")
    mine = env.schemac("describe", url)
    theirs = env.schemac("describe", role_url(url, "outsider"))
    env.equal(theirs.out, mine.out, "the same bytes")
    env.equal(theirs.err, mine.err, "the same warnings")
    env.check("1 user mappings are left out" in mine.err and SECRET not in mine.err,
              mine.story())


def test_limits_of_a_role(env):
    """They are for its own queries: a description takes as long as it takes."""
    url = loaded(env, "".join(f"CREATE TABLE t{i} (x integer CHECK (x > {i}));"
                              for i in range(200))
                 + "DROP ROLE IF EXISTS hurried; CREATE ROLE hurried LOGIN;"
                   "ALTER ROLE hurried SET statement_timeout = 5;"
                   "ALTER ROLE hurried SET idle_in_transaction_session_timeout = 5;"
                   "ALTER ROLE hurried SET default_transaction_read_only = on")
    env.equal(env.ok("describe", role_url(url, "hurried")), env.ok("describe", url),
              "the same bytes")


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


def test_name_that_is_not_utf8(env):
    url = env.postgres("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    psql(env, url, "DO $$ BEGIN EXECUTE 'CREATE TABLE gr' || chr(246) || chr(223)"
                   " || 'e (x integer)'; END $$")
    done = refused(env, "tables cannot be read: invalid byte sequence", "describe", url)
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


class Proxy:
    """A way to the server that is cut when it has brought so many bytes back."""

    def __init__(self, env, folder, size):
        self.size = size
        self.to = f"{folder}/.s.PGSQL.5432"
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"{env.dir}/.s.PGSQL.5432")
        self.listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        client, _ = self.listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.to)
        threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
        brought = 0
        with client, server:
            while brought < self.size:
                data = server.recv(min(4096, self.size - brought))
                if not data:
                    break
                brought += len(data)
                client.sendall(data)
            client.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _forward(client, server):
        try:
            while data := client.recv(4096):
                server.sendall(data)
        except OSError:
            pass


@params((700,), (2000,), (3000,))
def test_connection_that_breaks(env, size):
    url = loaded(env, VIEWS)
    folder = re.search("host=([^&]*)", url).group(1)
    Proxy(env, folder, size)
    done = refused(env, "server closed the connection unexpectedly", "describe",
                   url.replace(folder, str(env.dir)))
    env.equal(done.err.count("error["), 1, done.story())


# ---- a standby, which only reads ----

def test_standby(env):
    """It is described like the server that it follows."""
    with tempfile.TemporaryDirectory(prefix="schemac-standby-") as folder:
        os.chmod(folder, 0o755)
        server = PostgresServer(Path(folder) / "pg", has_standby=True)
        try:
            url = server.database()
            psql(env, url, VIEWS)
            wanted = env.ok("describe", url)
            server.become_standby()
            psql_refused(env, url, "CREATE TABLE t (x integer)", "read-only transaction")
            env.equal(env.ok("describe", url), wanted, "the same bytes")
            env.equal(env.ok("describe", f"{url}&target_session_attrs=standby"), wanted,
                      "asked for")
        finally:
            server.stop()
