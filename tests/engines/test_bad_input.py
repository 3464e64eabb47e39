"""Bad input: a clear message, the right exit code, nothing written, nothing lost.

Mistakes in declarations are checked to the place (line:column) and the code; what the
engine or the system refuses, to the words that name the cause.
"""

import os
import sqlite3
from pathlib import Path

from runner.base import Skip
from runner.engines import params

SCHEMA = Path(__file__).resolve().parents[2] / "schemas/parking"
INPUT, REFUSED, SYSTEM = 2, 3, 4

# name: (text, place and code, part of the message)
MISTAKES = {
    "misspelt keyword": (
        "CREATE TABEL lots (\n    id INTEGER\n);\n",
        "1:8: error[S0101]", "did you mean TABLE?"),
    "no statement": (
        "CRAETE TABLE lots (\n    id INTEGER\n);\n",
        "1:1: error[S0110]", "CRAETE"),
    "misspelt keyword inside": (
        "CREATE TABLE lots (\n    id INTEGER PRIMRAY KEY\n);\n",
        "2:16: error[S0101]", "PRIMRAY"),
    "missing comma": (
        "CREATE TABLE lots (\n    id INTEGER\n    name TEXT\n);\n",
        "3:5: error[S0101]", "name"),
    "unknown column in an index": (
        "CREATE TABLE lots (id INTEGER);\nCREATE INDEX i ON lots (nmae);\n",
        "2:25: error[S0304]", '"nmae"'),
    "foreign key to a missing table": (
        "CREATE TABLE lots (\n    owner_id INTEGER REFERENCES owners (id)\n);\n",
        "2:33: error[S0303]", '"owners"'),
    "duplicate column": (
        "CREATE TABLE lots (\n    id INTEGER,\n    name TEXT,\n    id TEXT\n);\n",
        "4:5: error[S0302]", '"id"'),
    "type clash across a foreign key": (
        "CREATE TABLE a (id INTEGER PRIMARY KEY);\n"
        "CREATE TABLE b (\n    a_id TEXT REFERENCES a (id)\n);\n",
        "3:", "error[S0401]"),
    "unterminated string": (
        "CREATE TABLE lots (\n    name TEXT DEFAULT 'abc\n);\n",
        "2:23: error[S0102]", ""),
    "unterminated comment": (
        "CREATE TABLE lots (id INTEGER);\n/* for ever\n",
        "2:1: error[S0103]", ""),
    "unterminated dollar quote": (
        "CREATE TABLE lots (\n    name TEXT DEFAULT $tag$abc\n);\n",
        "2:23: error[S0102]", ""),
    "rows of a COPY that do not end": (
        "CREATE TABLE lots (id INTEGER);\nCOPY lots (id) FROM stdin;\n",
        "2:26: error[S0102]", "COPY"),
    "NUL byte": (
        b"CREATE TABLE lots (\n    id\0 INTEGER\n);\n",
        "2:7: error[S0104]", "NUL"),
    "invalid UTF-8": (
        b"CREATE TABLE lots (\n    name TEXT DEFAULT 'Zo\xeb'\n);\n",
        "2:26: error[S0105]", "UTF-8"),
    "UTF-16": (
        "CREATE TABLE lots (id INTEGER);\n".encode("utf-16"),
        "error[S0107]", "UTF-16"),
    "UTF-16 without a mark": (
        "CREATE TABLE lots (id INTEGER);\n".encode("utf-16-le"),
        "error[S0107]", "UTF-16"),
    "too many columns": (
        "CREATE TABLE lots (\n" + ",\n".join(f"c{n} INTEGER" for n in range(1700))
        + "\n);\n",
        "error[S0411]", "1600"),
    "a name that is too long": (
        "CREATE TABLE lots (\n    " + "n" * 1001 + " INTEGER\n);\n",
        "2:5: error[S0109]", "1001 bytes"),
}


def declaration(env, text, name="lot.sql"):
    path = env.dir / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def listing(env):
    """Every file with its bytes: a refused command leaves all of it alone."""
    return {p.relative_to(env.dir): p.read_bytes()
            for p in sorted(env.dir.rglob("*")) if p.is_file()}


@params(*MISTAKES)
def test_mistake(env, name):
    text, place, words = MISTAKES[name]
    declaration(env, text)
    before = listing(env)
    for command in (["check"], ["print"], ["ddl", "--dialect", "postgres"], ["fmt"]):
        done = env.schemac(*command, "lot.sql")
        # fmt reads the text only; names and types are not its business.
        if command == ["fmt"] and "error[S01" not in place:
            continue
        env.equal(done.code, INPUT, done.story())
        env.equal(done.out, "", done.story())
        env.equal(done.err.count("error["), 1, "one message\n" + done.story())
        env.check(place in done.err and words in done.err, done.story())
        env.equal(listing(env), before, "files")


@params(*MISTAKES)
def test_mistake_in_a_version(env, name):
    """A database is not touched when a version of its schema is wrong."""
    text, _, words = MISTAKES[name]
    folder = env.dir / "lot"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text("CREATE TABLE a1 (id INTEGER PRIMARY KEY);\n")
    env.ok("migrate", "up", folder, "--database", "lot.db")
    declaration(env, text, "lot/1.1.0.sql")
    before = listing(env)
    for args in (["migrate", "up", "lot", "--database", "lot.db"],
                 ["migrate", "up", "lot", "--database", "new.db"],
                 ["gen", "--out", "gen", "lot"]):
        done = env.schemac(*args)
        env.equal(done.code, INPUT, done.story())
        env.check(words in done.err, done.story())
        env.equal(listing(env), before, "files")


def test_one_run_shows_all_mistakes(env):
    declaration(env, "CREATE TABEL a (id INTEGER);\n"
                     "CREATE TABLE b (id INTEGER id2 TEXT);\n"
                     "CREATE TABLE c (id INTEGER);\n"
                     "CREATE INDEX i ON c (nothing);\n")
    done = env.schemac("check", "lot.sql")
    for line in (1, 2, 4):
        env.check(f"lot.sql:{line}:" in done.err, done.story())
    env.equal(done.err.count("error["), 3, done.story())


def test_errors_beyond_a_limit_are_counted(env):
    declaration(env, "CRAETE TABLE a (id INTEGER);\n" * 250)
    done = env.schemac("check", "lot.sql")
    env.equal(done.code, INPUT, done.err[:2000])
    env.check("50 more errors" in done.err and "S0902" in done.err, done.err[-500:])
    env.equal(done.err.count("error[S0110]"), 200, "errors shown")


def test_line_of_10_megabytes(env):
    """Long is not wrong: it is read; and a mistake in it is shown in a few columns."""
    comment = "-- " + "x" * 10_000_000
    declaration(env, f"CREATE TABLE a (id INTEGER); {comment}\n")
    done = env.schemac("check", "lot.sql")
    env.equal(done.code, 0, done.story()[:2000])
    value = "y" * 10_000_000
    declaration(env, f"CREATE TABLE a (t TEXT DEFAULT '{value}' NUL);\n")
    done = env.schemac("check", "lot.sql")
    env.equal(done.code, INPUT, done.err[:2000])
    env.check(len(done.err) < 5000, "the message repeats the line")


def test_nesting_has_a_limit(env):
    declaration(env, "CREATE TABLE a (n INTEGER CHECK (" + "(" * 100_000 + "1"
                + ")" * 100_000 + "));\n")
    done = env.schemac("check", "lot.sql")
    env.equal(done.code, INPUT, done.err[:2000])
    env.check("error[S0108]" in done.err, done.err[:2000])


def test_file_of_200_megabytes(env):
    """Most of it is what nobody reads: rows, a long comment, the body of a function."""
    path = env.dir / "dump.sql"
    row = b"17\tsomebody\t2024-01-01 00:00:00+00\tit's \"quoted\"; and more\n"
    part = 66_000_000
    with open(path, "wb") as file:
        file.write(b"CREATE TABLE a (id INTEGER);\nCOPY a (id) FROM stdin;\n")
        file.write(row * (part // len(row)) + b"\\.\n\n/* ")
        file.write(b"x / * y\n" * (part // 8) + b"*/\nCREATE FUNCTION f() RETURNS int\n"
                   b"LANGUAGE plpgsql AS $body$")
        file.write(b"$1; $b$ 'it\n" * (part // 12) + b"$body$;\n")
        file.write(b"CREATE TABLE b (id INTEGER PRIMARY KEY);\n")
    done = env.schemac("check", "dump.sql")
    path.unlink()
    env.equal(done.code, 0, done.story()[:2000])
    env.check("(2 tables," in done.err, done.story()[:2000])


def test_file_above_the_limit(env):
    """A sparse file: nothing of it is read."""
    with open(env.dir / "big.sql", "wb") as file:
        file.truncate(2**30 + 1)
    env.refused(SYSTEM, "big.sql", "check", "big.sql")


# ---- files ----

def test_missing_file(env):
    env.refused(SYSTEM, "nowhere.sql", "check", "nowhere.sql")


def test_folder_instead_of_a_file(env):
    (env.dir / "folder.sql").mkdir()
    env.refused(INPUT, "folder.sql", "check", "folder.sql")
    declaration(env, "CREATE TABLE a (id INTEGER);\n")
    env.refused(INPUT, "folder.sql is a folder", "check", "lot.sql", "folder.sql")


def test_unreadable_file(env):
    path = declaration(env, "CREATE TABLE a (id INTEGER);\n")
    path.chmod(0)
    done = env.unprivileged("check", "lot.sql")
    env.equal(done.code, SYSTEM, done.story())
    env.check("lot.sql" in done.err and "ermission denied" in done.err, done.story())


def test_unreadable_database(env):
    path = env.sqlite("lot.db", "CREATE TABLE a (id INTEGER);")
    path.chmod(0)
    done = env.unprivileged("describe", "lot.db")
    env.equal(done.code, SYSTEM, done.story())
    env.check("lot.db" in done.err, done.story())


def test_missing_version(env):
    done = env.refused(INPUT, "9.9.9", "check", f"{SCHEMA}@9.9.9")
    env.check("1.3.0" in done.err, "it should say which there are\n" + done.story())


def test_wrong_command_lines(env):
    for args in ([], ["chekc"], ["check"], ["check", "--nope", "x.sql"], ["diff", "one"],
                 ["ddl", "--dialect", "oracle", SCHEMA], ["migrate", "sideways", "x"],
                 ["migrate", "up", SCHEMA],
                 ["diff", "--allow", "everything", SCHEMA, SCHEMA]):
        done = env.schemac(*args, env={"SCHEMAC_DATABASE": ""})
        env.equal(done.code, INPUT, done.story())
        env.check("error[S0901]" in done.err, done.story())
        env.equal(done.out, "", done.story())


# ---- databases ----

def at_first_version(env):
    path = env.dir / "lot.db"
    env.ok("migrate", "to", "1.0.0", SCHEMA, "--database", path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executemany(
        "INSERT INTO vehicles (number_plate, contact_name, phone_number)"
        " VALUES (?, ?, ?)", [(f"KA-{n}", "A. Driver", "555") for n in range(500)])
    connection.close()
    return path


def vehicles(env, path):
    return env.query(path, "SELECT count(*), max(number_plate) FROM vehicles")


def test_not_a_database(env):
    declaration(env, "this is a letter, not a database, and long enough to be one" * 100,
                "letter.db")
    before = listing(env)
    for args in (["describe", "letter.db"],
                 ["migrate", "up", SCHEMA, "--database", "letter.db"],
                 ["migrate", "status", SCHEMA, "--database", "letter.db"],
                 ["diff", SCHEMA, "letter.db"]):
        done = env.refused(SYSTEM, "letter.db", *args)
        env.check("not a database" in done.err, done.story())
        env.equal(listing(env), before, "files")


def test_missing_database(env):
    before = listing(env)
    for args in (["describe", "none.db"], ["diff", SCHEMA, "none.db"],
                 ["migrate", "down", SCHEMA, "--database", "none.db"],
                 ["migrate", "status", SCHEMA, "--database", "none.db"],
                 ["migrate", "verify", SCHEMA, "--database", "none.db"]):
        env.refused(SYSTEM, "none.db", *args)
        env.equal(listing(env), before, "files")


def test_damaged_database(env):
    path = at_first_version(env)
    data = bytearray(path.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)
    before = listing(env)
    env.refused(SYSTEM, "lot.db", "migrate", "up", SCHEMA, "--database", "lot.db")
    env.equal(listing(env), before, "files")


def test_locked_database(env):
    path = at_first_version(env)
    before = vehicles(env, path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = env.schemac("migrate", "up", SCHEMA, "--database", "lot.db")
    other.execute("ROLLBACK")
    other.close()
    env.equal(done.code, SYSTEM, done.story())
    env.check("lock" in done.err and "lot.db" in done.err, done.story())
    env.equal(vehicles(env, path), before, "rows")
    env.ok("migrate", "up", SCHEMA, "--database", "lot.db")
    env.equal(vehicles(env, path), before, "rows")


def test_read_only_database(env):
    path = at_first_version(env)
    before = path.read_bytes()
    path.chmod(0o444)
    env.dir.chmod(0o555)
    try:
        if os.getuid() == 0:
            env.dir.chmod(0o755)
        done = env.unprivileged("migrate", "up", SCHEMA, "--database", "lot.db")
    finally:
        env.dir.chmod(0o755)
    env.equal(done.code, SYSTEM, done.story())
    env.check("lot.db" in done.err, done.story())
    env.check(path.read_bytes() == before, "the database was changed")


def test_foreign_database(env):
    """Somebody else's tables: not ours to migrate without a baseline."""
    path = env.sqlite("lot.db", "CREATE TABLE theirs (id INTEGER PRIMARY KEY);")
    before = path.read_bytes()
    done = env.schemac("migrate", "up", SCHEMA, "--database", "lot.db")
    env.check(done.code in (REFUSED, SYSTEM), done.story())
    env.check("baseline" in done.err, done.story())
    env.check(path.read_bytes() == before, "the database was changed")


# ---- a full disk ----

def big(env):
    path = at_first_version(env)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("""
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO vehicles (number_plate, contact_name, phone_number)
        SELECT 'P' || i, 'somebody with a long name ' || i, '555' FROM n""")
    connection.close()
    return path


def test_full_disk(env):
    """A real full file system where the caller may mount one, the migration inside it."""
    if os.getuid() != 0:
        raise Skip("only root may mount a small file system; see limited_file_size")
    path = big(env)
    mount = env.dir / "mount"
    mount.mkdir()
    size = path.stat().st_size + 200_000
    done = env.run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", mount)
    if done.code != 0:
        raise Skip("a small file system cannot be mounted here: " + done.err.strip())
    try:
        small = mount / "lot.db"
        small.write_bytes(path.read_bytes())
        (mount / "filler").write_bytes(b"x" * 150_000)
        before = vehicles(env, small)
        done = env.schemac("migrate", "up", SCHEMA, "--database", small)
        env.equal(done.code, SYSTEM, done.story())
        env.check("full" in done.err, done.story())
        env.equal(vehicles(env, small), before, "rows")
        whole_at_some_version(env, small)
        done = env.run("sh", "-c", f"{env.context.program} print {SCHEMA} > {mount}/o; "
                       f"exec {env.context.program} gen --out {mount}/gen {SCHEMA}")
        env.equal(done.code, SYSTEM, done.story())
        (mount / "filler").unlink()
    finally:
        env.run("umount", mount)


def test_limited_file_size(env):
    """The same without privileges: the file may not grow beyond what the shell allows."""
    path = big(env)
    before = vehicles(env, path)
    blocks = path.stat().st_size // 512 + 8
    done = env.limited(f"trap '' XFSZ; ulimit -f {blocks}", "migrate", "up", SCHEMA,
                       "--database", "lot.db")
    env.equal(done.code, SYSTEM, done.story())
    env.check("lot.db" in done.err, done.story())
    env.equal(vehicles(env, path), before, "rows")
    whole_at_some_version(env, path)


def whole_at_some_version(env, path):
    env.equal(env.query(path, "PRAGMA integrity_check"), [("ok",)], "integrity")
    done = env.schemac("migrate", "verify", SCHEMA, "--database", path)
    env.equal(done.code, 0, done.story())


def test_result_that_cannot_be_written(env):
    if not Path("/dev/full").exists():
        raise Skip("there is no /dev/full")
    done = env.run("sh", "-c", f"exec {env.context.program} print {SCHEMA} > /dev/full")
    env.equal(done.code, SYSTEM, done.story())
    env.check("cannot write" in done.err, done.story())


def test_gen_into_a_file(env):
    (env.dir / "taken").write_text("mine")
    env.refused(SYSTEM, "taken", "gen", "--out", "taken", SCHEMA)
    env.equal((env.dir / "taken").read_text(), "mine", "the file")
