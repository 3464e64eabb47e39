"""`describe` of SQLite files: whatever is in them, and what is wrong with them."""

import os
import random
import shutil
import sqlite3
from pathlib import Path

from runner.databases import written
from runner.engines import params

EVERYTHING = (Path(__file__).parent / "describe/everything-lite.sql").read_text()


def schema_of(env, path):
    """What SQLite itself keeps, but for its own."""
    return env.query(path, """SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name""")


def columns_of(env, path):
    return env.query(path, """
        SELECT t.name, t.type, t.wr, t.strict, c.cid, c.name, c.type, c.dflt_value, c.pk,
               c.hidden
        FROM pragma_table_list t, pragma_table_xinfo(t.name) c
        WHERE t.schema = 'main' AND t.name NOT IN ('sqlite_schema', 'sqlite_stat1',
        'sqlite_stat4', 'broken', 'calls') ORDER BY t.name, c.cid""")


# ---- whatever is in them ----

def test_everything_there_and_back(env):
    """SQLite itself loads the description, and makes the same of it; so do we."""
    path = env.sqlite(sql=EVERYTHING)
    described = env.ok("describe", path)
    again = env.sqlite("again.db", described)
    env.equal(schema_of(env, again), schema_of(env, path), "the same objects")
    env.equal(env.ok("describe", again), described, "described once more")
    for gone in ("sqlite_", "hidden", "texts_data", "older_segments", "places_node"):
        env.check(gone not in described, gone)
    made = env.sqlite("made.db", env.ok("ddl", "-q", path))
    env.equal(columns_of(env, made), columns_of(env, path), "columns")
    env.equal(env.ok("diff", "--exit-code", path, made), "", "no difference")
    env.equal(env.ok("print", path), env.ok("print", written(env, "d.sql", described)),
              "read as a file")


def test_trigger_of_a_file_that_was_attached(env):
    """SQLite keeps the name that the file had then, and ignores it."""
    env.sqlite("main.db", f"""ATTACH '{env.dir}/other.db' AS lent;
        CREATE TABLE lent.t (x);
        CREATE TRIGGER lent.tr AFTER INSERT ON lent . t BEGIN DELETE FROM t; END;""")
    path = env.dir / "other.db"
    env.check("ON lent . t" in env.query(path, "SELECT sql FROM sqlite_schema")[1][0], "")
    out = env.ok("describe", path)
    env.check("AFTER INSERT ON t BEGIN" in out and "lent" not in out, out)
    env.ok("check", path)
    env.sqlite("again.db", out)


STRANGER = """CREATE TABLE vec (x); CREATE TABLE vec_Chunks (x); CREATE TABLE vector (x);
CREATE TABLE vec_rows (y); CREATE INDEX of_rows ON vec_rows (y);
CREATE VIEW reads AS SELECT y FROM vec_rows;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET rootpage = 0,
    sql = 'CREATE VIRTUAL TABLE "vec" USING vec0(a float[3])' WHERE name = 'vec';"""


def test_shadows_of_a_module_that_is_not_here(env):
    path = env.sqlite(sql=STRANGER)
    done = env.schemac("describe", path)
    env.equal(done.out, '-- @dialect sqlite\n\nCREATE VIRTUAL TABLE "vec" USING '
                        "vec0(a float[3]);\n\nCREATE TABLE vector (x);\n\n"
                        "CREATE VIEW reads AS SELECT y FROM vec_rows;\n", done.story())
    for name in ("vec_Chunks", "vec_rows"):
        env.check(f"S0804]: table {name} is left out: it is taken for a part of the "
                  "virtual table vec" in done.err, done.story())
    env.equal(done.err.count("warning"), 2, done.story())


@params(("UTF-16le",), ("UTF-16be",))
def test_encoding(env, encoding):
    path = env.sqlite(sql=f"PRAGMA encoding = '{encoding}';"
                          "CREATE TABLE \"größe\" (x TEXT DEFAULT 'äß')")
    env.equal(env.ok("describe", path), "-- @dialect sqlite\n\n"
              "CREATE TABLE \"größe\" (x TEXT DEFAULT 'äß');\n", "UTF-8")


@params(("replace(sql, 'mark', CAST(x'ff' AS text))",), ("sql || char(0)",))
def test_what_is_no_text(env, value):
    path = env.sqlite(sql=f"""CREATE TABLE t (x DEFAULT 'mark');
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = {value}""")
    for command in ("describe", "check"):
        env.refused(4, "the statement that made t is no UTF-8 text", command, path)


# ---- what is wrong with them ----

def files(env):
    return {p.name: p.read_bytes() for p in env.dir.iterdir() if p.is_file()}


def test_no_database(env):
    (env.dir / "folder.db").mkdir()
    (env.dir / "letter").write_text("CREATE TABLE t (x);")
    (env.dir / "secret.db").write_bytes(random.Random(1).randbytes(8192))
    before = files(env)
    for name, message in (("folder.db", "is a folder"), (env.dir, "is a folder"),
                          ("none.db", "there is no database"),
                          ("none", "there is no database none"),
                          ("sqlite:none", "there is no database"),
                          ("no/where.db", "there is no database"),
                          ("letter", "file is not a database"),
                          ("secret.db", "something else, encrypted or damaged")):
        done = env.refused(4, message, "describe", name)
        env.check(str(name).rpartition(":")[2] in done.err, done.story())
    env.equal(files(env), before, "nothing was made or changed")


def test_somebody_holds_it(env):
    path = env.sqlite(sql="CREATE TABLE t (x)")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    env.refused(4, "database is locked", "describe", path)
    other.execute("ROLLBACK")
    other.close()
    env.ok("describe", path)


def test_somebody_writes_meanwhile(env):
    """With a write-ahead log nobody waits, and nothing is left behind."""
    path = env.sqlite(sql="PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE u (x)")
    env.equal(env.ok("describe", path), "-- @dialect sqlite\n\nCREATE TABLE t (x);\n",
              "what is committed")
    other.execute("COMMIT")
    env.check("TABLE u" in env.ok("describe", path), "u")
    other.close()


TABLES = "PRAGMA page_size = 1024;" + "".join(
    f"CREATE TABLE tab{i} (a INTEGER PRIMARY KEY, b TEXT DEFAULT 'xxxxxxxxxxxxxxxxxxx');"
    f"CREATE INDEX i{i} ON tab{i} (b); CREATE VIEW v{i} AS SELECT a FROM tab{i};"
    for i in range(40))


def test_damaged_anywhere(env):
    """Wherever a file is damaged: refused, or all objects are there.  A statement may
    have other letters in it than it had, which nobody can tell."""
    path = env.sqlite(sql=TABLES)
    whole = path.read_bytes()
    count = env.ok("describe", path).count(";\n")
    env.equal(count, 120, "objects")
    luck = random.Random(7)
    refused = 0
    for _ in range(60):
        data = bytearray(whole)
        at, size = luck.randrange(0, len(data)), luck.choice((1, 4, 60, 1024))
        data[at:at + size] = luck.randbytes(len(data[at:at + size]))
        path.write_bytes(data)
        done = env.schemac("describe", path)
        env.check(done.code in (0, 4), done.story())
        env.check(done.code == 0 or done.out == "", done.story())
        env.check((done.code == 0) == (done.err == ""), done.story())
        env.check(done.code == 4 or done.out.count(";\n") == count, f"{at} {size}")
        refused += done.code == 4
    env.check(refused >= 5, f"{refused} refused")


@params((15,), (60,), (99,), (100,), (600,), (1024,), (3000,), (30000,))
def test_cut_off(env, size):
    path = env.sqlite(sql=TABLES)
    path.write_bytes(path.read_bytes()[:size])
    done = env.schemac("describe", path)
    env.equal(done.code, 4, done.story())
    env.check(done.out == "" and "damaged" in done.err, done.story())


def test_left_alone(env):
    """Reading makes no file and changes none, also where a program was killed."""
    path = env.sqlite(sql=EVERYTHING)
    before = files(env)
    env.ok("describe", path)
    env.equal(files(env), before, "files")
    os.chmod(path, 0o444)
    env.ok("describe", path)
    shutil.copy(path, env.dir / "copy.db")
    env.equal(env.ok("describe", path), env.ok("describe", "copy.db"), "a copy")
