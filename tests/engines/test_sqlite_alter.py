"""What ALTER TABLE of SQLite does with rows in the table, trap by trap: in place where it
can, else by one rebuild, and never with a trial on an empty table.  The script of `diff`
is made of the two declarations alone; what the rows forbid stops it, and then nothing has
changed.
"""

from dataclasses import dataclass

from runner.databases import Shell, written
from runner.engines import params
from runner.outside import sqlite_shape

OLD = "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c INT);"
ROWS = "INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2);"
PARENT = "CREATE TABLE p (id INTEGER PRIMARY KEY);"
PLACE, REBUILD = "in place", "a rebuild"


@dataclass
class Alter:
    new: str
    road: str  # None: the rows or the rules forbid it
    says: str  # the answer to `ask`; what is said where it is refused
    ask: str = "SELECT * FROM t;"
    old: str = OLD
    rows: str = ROWS


def add(definition, road, values="", **more):
    """ALTER TABLE t ADD COLUMN: `values` is what the column has in each of the rows."""
    says = "".join(f"{a}|{b}|{a}|{values}\n" for a, b in ((1, "x"), (2, "y")))
    return Alter(OLD.replace(", c INT", f", c INT, {definition}"), road,
                 says if road else values, **more)


def with_parent(alter):
    alter.old, alter.new = PARENT + alter.old, PARENT + alter.new
    alter.rows = "INSERT INTO p VALUES (1);" + alter.rows
    return alter


ADDS = {
    "nullable": add("d INT", PLACE),
    "no-type": add("d", PLACE),
    "default": add("d INT DEFAULT 5", PLACE, "5"),
    "default-negative": add("d INT DEFAULT -5", PLACE, "-5"),
    "default-string": add("d TEXT DEFAULT 'it''s'", PLACE, "it's"),
    "default-true": add("d INT DEFAULT TRUE", PLACE, "1"),
    "default-null": add("d INT DEFAULT NULL", PLACE),
    "default-real": add("d REAL DEFAULT 1.5", PLACE, "1.5"),
    "default-in-parens": add("d INT DEFAULT (5)", PLACE, "5"),
    "default-in-double-quotes": add('d TEXT DEFAULT "x"', PLACE, "x"),
    "not-null-with-default": add("d INT NOT NULL DEFAULT 0", PLACE, "0"),
    "collation": add("d TEXT COLLATE NOCASE", PLACE),
    "virtual": add("d INT AS (c * 2) VIRTUAL", PLACE, ask="SELECT d FROM t;"),
    "virtual-not-null": add("d INT NOT NULL AS (c * 2)", PLACE, ask="SELECT d FROM t;"),
    "check-of-its-own": add("d INT DEFAULT 5 CHECK (d > 0)", PLACE, "5"),
    "named-check": add("d INT CONSTRAINT ck CHECK (d > 0)", PLACE),
    "references": with_parent(add("d INT REFERENCES p (id)", PLACE)),
    # What passes on an empty table only, or not at all.
    "default-of-an-expression": add("d INT DEFAULT (1 + 1)", REBUILD, "2"),
    "default-of-a-call": add("d TEXT DEFAULT (lower('X'))", REBUILD, "x"),
    "default-of-now": add("d TEXT DEFAULT CURRENT_DATE", REBUILD,
                          ask="SELECT count(d) FROM t WHERE d = CURRENT_DATE;"),
    "stored": add("d INT AS (c * 2) STORED", REBUILD, ask="SELECT d FROM t;"),
    "unique": add("d INT UNIQUE", REBUILD),
    "references-with-default": with_parent(
        add("d INT DEFAULT 1 REFERENCES p (id)", REBUILD, "1")),
    "check-of-two-columns": add("d INT CHECK (d IS NULL OR c > 0)", REBUILD),
    "primary-key": Alter(
        "CREATE TABLE t (b TEXT, d INTEGER PRIMARY KEY AUTOINCREMENT);", REBUILD,
        "x|1\ny|2\n", old="CREATE TABLE t (b TEXT);",
        rows="INSERT INTO t VALUES ('x'), ('y');"),
    "without-rowid": Alter(
        "CREATE TABLE t (a INT PRIMARY KEY, b, d INT DEFAULT 3) WITHOUT ROWID;", PLACE,
        "1|2|3\n", old="CREATE TABLE t (a INT PRIMARY KEY, b) WITHOUT ROWID;",
        rows="INSERT INTO t VALUES (1, 2);"),
    "before-table-constraints": Alter(
        "CREATE TABLE t (a INT, b INT, d INT, UNIQUE (a, b));", PLACE, "1|2|\n",
        old="CREATE TABLE t (a INT, b INT, UNIQUE (a, b));",
        rows="INSERT INTO t VALUES (1, 2);"),
    "two-at-once": add("d INT DEFAULT 1, e INT DEFAULT 2", PLACE, "1|2"),
    "a-star-view-shows-it": Alter(
        OLD.replace("c INT", "c INT, d INT DEFAULT 4") + "CREATE VIEW v AS SELECT * "
        "FROM t;", PLACE, "1|x|1|4\n2|y|2|4\n", "SELECT * FROM v;",
        OLD + "CREATE VIEW v AS SELECT * FROM t;"),
    # What the rows forbid.
    "not-null": add("d INT NOT NULL", None, "its new column d is NOT NULL"),
    "not-null-default-null": add("d INT NOT NULL DEFAULT NULL", None,
                                 "its new column d is NOT NULL"),
    "check-of-a-bad-default": add("d INT DEFAULT -5 CHECK (d > 0)", None, "CHECK"),
    "check-of-another-column": add("d INT CHECK (c > 1)", None, "CHECK"),
    "check-not-null": add("d INT CHECK (d IS NOT NULL)", None, "CHECK"),
    "virtual-null": add("d INT NOT NULL AS (nullif(c, 1))", None, "NOT NULL"),
    "virtual-check": add("d INT AS (c * 2) CHECK (d > 2)", None, "CHECK"),
    "unique-with-default": add("d INT DEFAULT 1 UNIQUE", None, "t (d) holds duplicates"),
    "references-nobody": with_parent(
        add("d INT DEFAULT 9 REFERENCES p (id)", None, "parent")),
}

STRICT = "CREATE TABLE t (a INT{}) STRICT;"


def strict(definition, road, says):
    return Alter(STRICT.format(", " + definition), road, says,
                 "SELECT typeof(d) FROM t;", STRICT.format(""),
                 "INSERT INTO t VALUES (1);")


# ADD COLUMN does not hold a default against the type of a STRICT table.
ADDS_STRICT = {
    "strict-int": strict("d INT DEFAULT 5", PLACE, "integer\n"),
    "strict-real": strict("d REAL NOT NULL DEFAULT 5", PLACE, "real\n"),
    "strict-text": strict("d TEXT DEFAULT 'x'", PLACE, "text\n"),
    "strict-blob": strict("d BLOB DEFAULT x'00'", PLACE, "blob\n"),
    "strict-any": strict("d ANY DEFAULT '007'", PLACE, "text\n"),
    "strict-number-for-text": strict("d TEXT DEFAULT 5", REBUILD, "text\n"),
    "strict-text-for-int": strict("d INT NOT NULL DEFAULT 'x'", None, "TEXT value"),
    "strict-real-for-int": strict("d INT NOT NULL DEFAULT 1.5", None, "REAL value"),
    "strict-blob-for-int": strict("d INT NOT NULL DEFAULT x'00'", None, "BLOB value"),
    "strict-int-for-blob": strict("d BLOB NOT NULL DEFAULT 5", None, "INT value"),
}


def drop(old, road, says="1|1\n2|2\n", new="CREATE TABLE t (a INTEGER PRIMARY KEY, "
         "c INT);", **more):
    return Alter(new, road, says, old=old, **more)


def both(sql):
    """The same on both sides of a DROP COLUMN b."""
    return {"old": OLD + sql, "new": OLD.replace(" b TEXT,", "") + sql}


DROPS = {
    "plain": drop(OLD, PLACE),
    "not-null": drop(OLD.replace("TEXT", "TEXT NOT NULL"), PLACE),
    "default": drop(OLD.replace("TEXT", "TEXT DEFAULT 'q'"), PLACE),
    "collation": drop(OLD.replace("TEXT", "TEXT COLLATE NOCASE"), PLACE),
    "its-own-check": drop(OLD.replace("TEXT", "TEXT CHECK (b <> '')"), REBUILD),
    "unique": drop(OLD.replace("TEXT", "TEXT UNIQUE"), REBUILD),
    "table-unique": drop(OLD.replace("INT)", "INT, UNIQUE (b, c))"), REBUILD),
    "table-check": drop(OLD.replace("INT)", "INT, CHECK (b > c))"), REBUILD),
    "references": drop(PARENT + OLD.replace("TEXT", "INT REFERENCES p (id)"), REBUILD,
                       new=PARENT + "CREATE TABLE t (a INTEGER PRIMARY KEY, c INT);",
                       rows="INSERT INTO p VALUES (5); INSERT INTO t VALUES "
                       "(1, 5, 1), (2, NULL, 2);"),
    "indexed": drop(OLD + "CREATE INDEX i ON t (b);", PLACE),
    "in-an-expression": drop(OLD + "CREATE INDEX i ON t (lower(b));", PLACE),
    "in-a-partial-index": drop(OLD + "CREATE INDEX i ON t (c) WHERE b > '';", PLACE),
    "index-beside-it": drop(**both("CREATE INDEX i ON t (c);"), road=PLACE),
    "star-view": drop(**both("CREATE VIEW v AS SELECT * FROM t;"), road=PLACE,
                      ask="SELECT * FROM v;"),
    "view": Alter(OLD.replace(" b TEXT,", "") + "CREATE VIEW v AS SELECT a FROM t;",
                  PLACE, "1\n2\n", "SELECT * FROM v;",
                  OLD + "CREATE VIEW v AS SELECT a, b FROM t;"),
    "trigger-beside-it": drop(**both(
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET c = 9 WHERE a = new.a; "
        "END;"), road=PLACE, says="1|9\n2|9\n3|9\n",
        ask="INSERT INTO t VALUES (3, 3); SELECT * FROM t;"),
    "trigger-that-read-it": Alter(
        OLD.replace(" b TEXT,", "") + "CREATE TRIGGER tr AFTER INSERT ON t WHEN new.c > 5"
        " BEGIN UPDATE t SET c = 0 WHERE a = new.a; END;", PLACE, "1|1\n2|1\n3|0\n",
        "INSERT INTO t VALUES (3, 8); SELECT * FROM t;",
        OLD + "CREATE TRIGGER tr AFTER INSERT ON t WHEN new.b > '5' "
        "BEGIN UPDATE t SET c = length(new.b) WHERE a = new.a; END;"),
    "virtual": drop("CREATE TABLE t (a INTEGER PRIMARY KEY, c INT, g AS (c * 2));", PLACE,
                    rows="INSERT INTO t VALUES (1, 1), (2, 2);"),
    "what-a-generated-column-reads": drop(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b INT, c INT, g AS (b * 2));", REBUILD,
        rows="INSERT INTO t VALUES (1, 5, 1), (2, 6, 2);"),
    "the-key": drop("CREATE TABLE t (a INTEGER PRIMARY KEY, c INT);", REBUILD,
                    "1|1\n2|2\n", "CREATE TABLE t (c INT);",
                    rows="INSERT INTO t VALUES (1, 1), (2, 2);",
                    ask="SELECT rowid, c FROM t;"),
    "without-rowid": drop("CREATE TABLE t (a PRIMARY KEY, b, c) WITHOUT ROWID;", PLACE,
                          "1|3\n", "CREATE TABLE t (a PRIMARY KEY, c) WITHOUT ROWID;",
                          rows="INSERT INTO t VALUES (1, 2, 3);"),
    "two-at-once": drop("CREATE TABLE t (a INTEGER PRIMARY KEY, b, c INT, d, e);", PLACE,
                        rows="INSERT INTO t VALUES (1, 0, 1, 0, 0), (2, 0, 2, 0, 0);",
                        new="CREATE TABLE t (a INTEGER PRIMARY KEY, c INT);"),
    "the-last-column": drop("CREATE TABLE t (b TEXT);", REBUILD, "new|1\nnew|2\n",
                            "CREATE TABLE t (d TEXT DEFAULT 'new');",
                            rows="INSERT INTO t VALUES ('x'), ('y');",
                            ask="SELECT d, rowid FROM t;"),
    # What SQLite lets pass, and what fails later.
    "what-a-key-refers-to": Alter(
        OLD.replace("b TEXT, ", "") + "CREATE TABLE k (x REFERENCES t (b));", None,
        "foreign key mismatch", old=OLD + "CREATE UNIQUE INDEX ub ON t (b);"
        "CREATE TABLE k (x REFERENCES t (b));"),
    "the-index-that-a-key-needs": Alter(
        OLD + "CREATE TABLE k (x REFERENCES t (b));", None, "foreign key mismatch",
        old=OLD + "CREATE UNIQUE INDEX ub ON t (b);"
        "CREATE TABLE k (x REFERENCES t (b));"),
}

TRIGGER_WRITES = {
    "update": "UPDATE t SET b = 'x';",
    "insert": "INSERT INTO t (a, b) VALUES (3, 'z');",
    "update-of-two": "UPDATE t SET (c, B) = (1, 'x') WHERE a = 1;",
}
ALTERS = {f"add-{name}": alter for name, alter in (ADDS | ADDS_STRICT).items()} \
    | {f"drop-{name}": alter for name, alter in DROPS.items()}
# The two rows of OLD make these answers; the column itself is asked for.
ALTERS["add-virtual"].says = ALTERS["add-virtual-not-null"].says = "2\n4\n"
ALTERS["add-stored"].says = "2\n4\n"
ALTERS["add-default-of-now"].says = "2\n"


def script_of(env, alter):
    files = written(env, "old.sql", alter.old), written(env, "new.sql", alter.new)
    return env.ok("diff", "-q", "--dialect", "sqlite", "--allow", "all", *files)


@params(*ALTERS)
def test_with_rows(env, name):
    alter = ALTERS[name]
    script = script_of(env, alter)
    shell = Shell(env, "sqlite")
    shell.ok(alter.old + alter.rows)
    if alter.road is None:
        before = shell.ok(".dump")
        shell.refused(script, alter.says)
        env.equal(shell.ok(".dump"), before, "the database")
        return
    env.equal(script.count("CREATE TABLE schemac_new_"), int(alter.road is REBUILD),
              "rebuilds\n" + script)
    shell.ok(script)
    env.equal(sqlite_shape(shell.at), sqlite_shape(env.sqlite("fresh.db", alter.new)),
              "the shape")
    env.equal(env.query(shell.at, "PRAGMA integrity_check"), [("ok",)], "integrity")
    env.equal(shell.ok(alter.ask), alter.says, alter.ask)


@params(*TRIGGER_WRITES)
def test_a_trigger_still_writes_the_column(env, how):
    """SQLite drops it, and the trigger fails when it runs."""
    statement = TRIGGER_WRITES[how]
    trigger = "CREATE TABLE u (x);\nCREATE TRIGGER tr AFTER INSERT ON u BEGIN " \
              f"{statement} END;"
    old = written(env, "old.sql", OLD + trigger)
    new = written(env, "new.sql", OLD.replace(" b TEXT,", "") + trigger)
    env.refused(2, 'trigger "tr" still writes column "b" of table "t"', "diff",
                "--dialect", "sqlite", "--allow", "all", old, new)


def test_an_older_sqlite_rebuilds_to_drop_a_column(env):
    """DROP COLUMN is there since 3.35, RENAME COLUMN since 3.25."""
    files = (written(env, "old.sql", OLD),
             written(env, "new.sql", OLD.replace(" b TEXT,", "")))
    for version, rebuilds in (("3.34", 1), ("3.35", 0)):
        script = env.ok("diff", "-q", "--dialect", "sqlite", "--allow", "all",
                        "--sqlite-version", version, *files)
        env.equal(script.count("CREATE TABLE schemac_new_t"), rebuilds, version)
        shell = Shell(env, "sqlite", f"{version}.db")
        shell.ok(OLD + ROWS)
        shell.ok(script)
        env.equal(shell.ok("SELECT * FROM t;"), "1|1\n2|2\n", version)


@params("BEGIN", "SAVEPOINT s")
def test_a_script_does_not_run_inside_a_transaction(env, begin):
    """There the pragma is ignored, and DROP TABLE would delete the rows of children."""
    tables = "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT{});" \
             "CREATE TABLE k (tid INTEGER REFERENCES t (id) ON DELETE CASCADE);"
    alter = Alter(tables.format(" NOT NULL"), None, "", old=tables.format(""),
                  rows="INSERT INTO t VALUES (1, 'x'); INSERT INTO k VALUES (1);")
    script = script_of(env, alter)
    shell = Shell(env, "sqlite")
    shell.ok(alter.old + alter.rows)
    before = shell.ok(".dump")
    begin = f"PRAGMA foreign_keys = ON; {begin};"
    shell.refused(begin + script, "transaction")
    shell.refused(begin + script.replace("BEGIN IMMEDIATE;", ""),
                  "foreign keys must be off")
    env.equal(shell.ok(".dump"), before, "the database")


# ---- renames: what SQLite follows, what it does not, and what it refuses ----

READERS = """
CREATE TABLE log (what TEXT);
CREATE VIEW one AS SELECT a, {b} FROM {t} WHERE {b} <> 'b';
CREATE VIEW two AS SELECT {b} FROM one;
CREATE VIEW stars AS SELECT * FROM {t};
CREATE TRIGGER tr AFTER UPDATE OF {b} ON {t} WHEN new.{b} <> '' BEGIN
    INSERT INTO log SELECT old.{b} || ' ' || new.{b} || ' b t'; -- b of t
END;
CREATE TRIGGER of_child AFTER INSERT ON k BEGIN UPDATE {t} SET {b} = 'q'; END;
CREATE INDEX by_b ON {t} (lower({b})) WHERE {b} > 'a';
"""
RENAMED = """
CREATE TABLE {t} ({was_t}
    a INTEGER PRIMARY KEY AUTOINCREMENT,
    {b} TEXT DEFAULT 'b' CHECK ({t}.{b} <> ('b b')),{was_b}
    c AS ({b} || 'b') VIRTUAL,
    UNIQUE ({b})
);
CREATE TABLE k (x TEXT REFERENCES {t} ({b}) ON UPDATE CASCADE);
""" + READERS
RENAMES = {
    "column": ("t", "b2"), "column-keyword": ("t", '"order"'),
    "column-letter-case": ("t", '"B"'), "table": ("t2", "b"),
    "table-letter-case": ('"T"', "b"), "table-keyword": ('"group"', "b"),
    "both": ('"new t"', '"new b"'),
}


@params(*RENAMES)
def test_renamed_with_its_rows(env, how):
    table, column = RENAMES[how]
    old = RENAMED.format(t="t", b="b", was_t="", was_b="")
    new = RENAMED.format(t=table, b=column, was_t=" -- @was t" * (table != "t"),
                         was_b=" -- @was b" * (column != "b"))
    script = script_of(env, Alter(new, None, "", old=old))
    env.equal(script.count("CREATE TABLE"), 0,
              "tables that are made\n" + script)
    shell = Shell(env, "sqlite")
    shell.ok(old + "INSERT INTO t VALUES (7, 'x'), (40, 'y'); DELETE FROM t WHERE a = 40;"
             "INSERT INTO k VALUES ('q'); DELETE FROM log;")
    shell.ok(script)
    env.equal(sqlite_shape(shell.at), sqlite_shape(env.sqlite("fresh.db", new)),
              "the shape")
    env.ok("diff", "-q", "--exit-code", "--dialect", "sqlite", shell.at,
           env.dir / "new.sql")
    env.equal(shell.ok(f"""PRAGMA foreign_keys = ON;
        UPDATE {table} SET {column} = 'z';
        INSERT INTO {table} ({column}) VALUES ('new');
        SELECT * FROM two ORDER BY 1 DESC; SELECT * FROM stars;
        SELECT * FROM k; SELECT * FROM log;"""),
              "z\nnew\n7|z|zb\n41|new|newb\nz\nq z b t\n", "rows")
