"""What must survive the rebuild of a SQLite table, and the way back.

Each trap is a schema, rows in it, and another schema that SQLite can only reach by a
rebuild.  Both roads are taken, the script of `diff` under SQLite's own shell and
`migrate`; afterwards the database has the shape that SQLite itself gives the other
schema, every row has what it had, nothing is left to change, and the same holds of the
way back.
"""

import sqlite3
from dataclasses import dataclass

from runner import outside
from runner.databases import Shell, written
from runner.engines import params
from runner.outside import sqlite_shape


@dataclass
class Trap:
    old: str
    rows: str
    new: str
    after: tuple = ()  # (SQL that is run at last, the answer to its last query)
    rebuilt: tuple = ("t",)  # the tables that a script creates anew, each once


REFERENCES = """
CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT{rule});
CREATE TABLE child (id INTEGER PRIMARY KEY,
    pid INTEGER DEFAULT 2 REFERENCES t (id) ON DELETE {action} ON UPDATE CASCADE);
CREATE TABLE grand (id INTEGER PRIMARY KEY,
    cid INTEGER REFERENCES child (id) ON DELETE CASCADE);
"""
REFERENCES_ROWS = """
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (5, 'c');
INSERT INTO child VALUES (10, 1), (11, 1), (12, 2), (13, NULL);
INSERT INTO grand VALUES (100, 10), (101, 12);
"""


def references(action, after):
    return Trap(REFERENCES.format(rule="", action=action), REFERENCES_ROWS,
                REFERENCES.format(rule=" NOT NULL", action=action), after)


COUNT = "SELECT (SELECT count(*) FROM child), (SELECT count(pid) FROM child), " \
        "(SELECT count(*) FROM grand)"

LOGGED = """
CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT);
CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT{rule});
CREATE TABLE other (id INTEGER PRIMARY KEY, v TEXT);
CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN
    INSERT INTO log (what) VALUES ('insert ' || new.id);
END;
CREATE TRIGGER t_update BEFORE UPDATE OF v ON t WHEN old.v IS NOT new.v BEGIN
    INSERT INTO log (what) VALUES ('update ' || new.id);
END;
CREATE TRIGGER t_delete AFTER DELETE ON t BEGIN
    INSERT INTO log (what) VALUES ('delete ' || old.id);
END;
CREATE TRIGGER other_insert AFTER INSERT ON other BEGIN
    INSERT INTO t (id, v) SELECT new.id + 100, coalesce(new.v, 'none');
    UPDATE t SET v = 'seen' WHERE id = new.id;
END;
"""

VIEWS = """
CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT{rule}, n INTEGER);
CREATE TABLE u (id INTEGER PRIMARY KEY, tid INTEGER REFERENCES t (id));
CREATE VIEW one AS SELECT id, v FROM t WHERE n > 1;
CREATE VIEW two AS SELECT one.id, one.v, u.id AS uid FROM one JOIN u ON u.tid = one.id;
CREATE VIEW a_third AS SELECT count(*) AS many FROM two;
CREATE VIEW stars AS SELECT * FROM t;
CREATE TRIGGER two_insert INSTEAD OF INSERT ON two BEGIN
    INSERT INTO t (id, v, n) VALUES (new.id, new.v, 9);
END;
"""

INDEXES = """
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b INTEGER{rule}, c TEXT);
CREATE INDEX by_a ON t (a DESC, b);
CREATE UNIQUE INDEX few ON t (c) WHERE b > 10 AND c IS NOT NULL;
CREATE INDEX lowered ON t (lower(c), (b + 1));
CREATE UNIQUE INDEX trimmed ON t (c COLLATE RTRIM) WHERE b < 0;
"""

GENERATED = """
CREATE TABLE t (
    id INTEGER PRIMARY KEY,
    n INTEGER{rule},
    twice INTEGER GENERATED ALWAYS AS (n * 2) VIRTUAL,
    four INTEGER NOT NULL GENERATED ALWAYS AS (twice * 2) STORED,
    kind TEXT GENERATED ALWAYS AS (typeof(n)) VIRTUAL
);
CREATE INDEX by_twice ON t (twice);
"""

QUOTED = """
CREATE TABLE "select" ("from" INTEGER PRIMARY KEY, "or der" TEXT{rule}, "a""b" TEXT,
    "été" TEXT, "it's" TEXT DEFAULT 'it''s', "Upper" INTEGER CHECK ("Upper" > 0),
    "[x]" TEXT, "100%" TEXT, UNIQUE ("or der", "a""b"));
CREATE TABLE "the ""child" (
    "group" INTEGER REFERENCES "select" ("from") ON DELETE CASCADE, "order" TEXT);
CREATE INDEX "in dex" ON "select" ("été", lower("it's"));
CREATE VIEW "a view" AS SELECT "from", "a""b" FROM "select";
CREATE TRIGGER "on" AFTER DELETE ON "select" BEGIN
    INSERT INTO "the ""child" ("order") VALUES (old."or der");
END;
"""

TRAPS = {
    "computed-before-what-it-reads": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);",
        "INSERT INTO t VALUES (1, 'a'), (4, NULL);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, "
        "g TEXT GENERATED ALWAYS AS (w || '!') VIRTUAL, w TEXT DEFAULT 'x');",
        ("SELECT id, g, w FROM t;", "1|x!|x\n4|x!|x\n")),
    "cascade": references("CASCADE", (
        f"DELETE FROM t WHERE id = 1; {COUNT};", "2|1|1\n")),
    "set-null": references("SET NULL", (
        f"DELETE FROM t WHERE id = 1; {COUNT};", "4|1|2\n")),
    "set-default": references("SET DEFAULT", (
        f"DELETE FROM t WHERE id = 1; {COUNT};", "4|3|2\n")),
    "restrict": references("RESTRICT", (
        f"DELETE FROM t WHERE id = 5; {COUNT};", "4|3|2\n")),
    "no-action": references("NO ACTION", (
        f"UPDATE t SET id = 7 WHERE id = 1; {COUNT};", "4|3|2\n")),
    "self-reference": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, "
        "up INTEGER REFERENCES t (id) ON DELETE CASCADE);",
        "INSERT INTO t VALUES (3, NULL), (1, 3), (2, 1), (9, 9);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, "
        "up INTEGER REFERENCES t (id) ON DELETE CASCADE, CHECK (id > 0));",
        ("DELETE FROM t WHERE id = 3; SELECT id, up FROM t;", "9|9\n")),
    "keys-in-a-circle": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, uid INTEGER REFERENCES u (id) "
        "DEFERRABLE INITIALLY DEFERRED);"
        "CREATE TABLE u (id INTEGER PRIMARY KEY, tid INTEGER REFERENCES t (id) "
        "ON DELETE CASCADE);",
        "BEGIN; INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (2, 1); COMMIT;",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, uid INTEGER NOT NULL REFERENCES u (id) "
        "DEFERRABLE INITIALLY DEFERRED);"
        "CREATE TABLE u (id INTEGER PRIMARY KEY, tid INTEGER NOT NULL REFERENCES t (id) "
        "ON DELETE CASCADE);",
        ("DELETE FROM t WHERE id = 1; SELECT count(*) FROM u;", "0\n"),
        rebuilt=("t", "u")),
    "triggers-that-log": Trap(
        LOGGED.format(rule=""),
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'); INSERT INTO other VALUES (1, 'x');"
        "UPDATE t SET v = 'c' WHERE id = 2; DELETE FROM log WHERE id = 1;",
        LOGGED.format(rule=" NOT NULL DEFAULT 'd'"),
        ("DELETE FROM log; INSERT INTO other VALUES (2, 'y'); DELETE FROM t WHERE id = 1;"
         "SELECT group_concat(what, ',') FROM log;",
         "insert 102,update 2,delete 1\n")),
    "views-on-views": Trap(
        VIEWS.format(rule=""),
        "INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2); INSERT INTO u VALUES (7, 2);",
        VIEWS.format(rule=" NOT NULL"),
        ("INSERT INTO two (id, v) VALUES (8, 'w'); INSERT INTO u VALUES (8, 8);"
         "SELECT many, (SELECT count(*) FROM stars) FROM a_third;", "2|3\n")),
    "indexes": Trap(
        INDEXES.format(rule=""),
        "INSERT INTO t (a, b, c) VALUES ('x', 1, 'same'), ('X', 2, 'same'), "
        "('y', 11, 'one'), ('z', 12, NULL), ('z', 12, NULL), ('q', -1, 'r ');",
        INDEXES.format(rule=" NOT NULL"),
        ("INSERT OR IGNORE INTO t (b, c) VALUES (99, 'one'), (-2, 'r'), (5, 'one');"
         "SELECT count(*) FROM t;", "7\n")),
    "generated": Trap(
        GENERATED.format(rule=""), "INSERT INTO t (id, n) VALUES (1, 1), (7, 9);",
        GENERATED.format(rule=" NOT NULL CHECK (n > 0)"),
        ("INSERT INTO t (n) VALUES (3); SELECT id, n, twice, four, kind FROM t "
         "WHERE twice = 6;", "8|3|6|12|integer\n")),
    "without-rowid": Trap(
        "CREATE TABLE t (b TEXT, a INTEGER, v TEXT, PRIMARY KEY (a DESC, b)) "
        "WITHOUT ROWID;",
        "INSERT INTO t VALUES ('x', 1, 'v'), ('y', 1, NULL), ('x', 2, 'w');",
        "CREATE TABLE t (b TEXT, a INTEGER, v TEXT DEFAULT 'none', "
        "PRIMARY KEY (a DESC, b)) WITHOUT ROWID;",
        ("INSERT INTO t (b, a) VALUES ('z', 3); "
         "SELECT group_concat(v, ',') FROM (SELECT v FROM t ORDER BY a DESC, b);",
         "none,w,v\n")),
    "strict": Trap(
        "CREATE TABLE t (a INT, b ANY, c TEXT, d BLOB, e REAL) STRICT;",
        "INSERT INTO t VALUES (1, '007', '12', x'00ff', 1), (2, 7, NULL, NULL, 1e300), "
        "(3, x'07', '', x'', -0.0);",
        "CREATE TABLE t (a INT NOT NULL, b ANY, c TEXT, d BLOB, e REAL) STRICT;",
        ("SELECT typeof(b) || typeof(e) FROM t WHERE a = 1;", "textreal\n")),
    "types-of-values": Trap(
        "CREATE TABLE t (a, b TEXT, c INTEGER, d NUMERIC, e BLOB);",
        "INSERT INTO t VALUES (1, 1, '1', '1.50', 1), ('1', x'01', 'x', 1e20, '1'), "
        "(1.0, 'é', 9223372036854775807, 0.1, x''), (NULL, '', -0.0, 'nan', NULL);",
        "CREATE TABLE t (a, b TEXT, c INTEGER DEFAULT 3, d NUMERIC, e BLOB);"),
    "autoincrement": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);"
        "CREATE TABLE bare (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);",
        "INSERT INTO t VALUES (5, 'a'), (41, 'b'); DELETE FROM t WHERE id = 41;"
        "INSERT INTO bare VALUES (77, 'a'); DELETE FROM bare;",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL);"
        "CREATE TABLE bare (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL);",
        ("INSERT INTO t (v) VALUES ('c'); INSERT INTO bare (v) VALUES ('c');"
         "SELECT max(t.id), max(bare.id) FROM t, bare;", "42|78\n"),
        rebuilt=("t", "bare")),
    "rowids": Trap(
        "CREATE TABLE t (v TEXT); CREATE TABLE hidden (rowid TEXT, oid TEXT);"
        "CREATE TABLE keyed (k INT PRIMARY KEY, v TEXT);"
        "CREATE TABLE down (k INTEGER PRIMARY KEY DESC, v TEXT);",
        "INSERT INTO t (rowid, v) VALUES (10, 'a'), (-3, 'b'), (7000000000, 'c');"
        "INSERT INTO hidden (_rowid_, rowid) VALUES (4, 'x'), (9, 'y');"
        "INSERT INTO keyed (rowid, k) VALUES (6, NULL), (8, NULL), (7, 1);"
        "INSERT INTO down (rowid, k) VALUES (6, NULL), (8, 2);",
        "CREATE TABLE t (v TEXT NOT NULL); "
        "CREATE TABLE hidden (rowid TEXT NOT NULL, oid TEXT);"
        "CREATE TABLE keyed (k INT PRIMARY KEY, v TEXT CHECK (v <> ''));"
        "CREATE TABLE down (k INTEGER PRIMARY KEY DESC, v TEXT CHECK (v <> ''));",
        ("SELECT max(rowid) FROM t;", "7000000000\n"),
        rebuilt=("t", "hidden", "keyed", "down")),
    "names": Trap(
        QUOTED.format(rule=""),
        """INSERT INTO "select" VALUES (1, 'o', 'ab', 'e', 'i', 3, 'x', '%'),
           (2, 'p', 'ab', 'e', 'i', 3, 'x', '%');
           INSERT INTO "the ""child" VALUES (1, 'k'), (2, 'l');""",
        QUOTED.format(rule=" NOT NULL"),
        ('DELETE FROM "select" WHERE "from" = 1; SELECT group_concat("order") '
         'FROM "the ""child";', "l,o\n"), rebuilt=("select",)),
    "conflict-clauses": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, "
        "u TEXT UNIQUE ON CONFLICT IGNORE, n TEXT NOT NULL ON CONFLICT IGNORE);",
        "INSERT INTO t VALUES (1, 'a', 'x'), (2, NULL, 'y'), (3, NULL, 'z');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, "
        "u TEXT UNIQUE ON CONFLICT IGNORE, n TEXT NOT NULL ON CONFLICT IGNORE "
        "DEFAULT 'd');",
        ("INSERT INTO t VALUES (4, 'a', 'q'); INSERT INTO t VALUES (2, 'b', 'w');"
         "SELECT group_concat(n) FROM t;", "x,w,z\n")),
    "own-name-in-checks": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, age INTEGER CHECK (t.age > (1)), "
        "v TEXT, CHECK ((t.age < 99 AND (age <> 50)) OR t.v IS NULL));"
        "CREATE INDEX old ON t (v) WHERE (t.age) > 60;",
        "INSERT INTO t VALUES (1, 20, 'a'), (2, 200, NULL);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, age INTEGER CHECK (t.age > (1)), "
        "v TEXT DEFAULT ('x'), CHECK ((t.age < 99 AND (age <> 50)) OR t.v IS NULL));"
        "CREATE INDEX old ON t (v) WHERE (t.age) > 60;",
        ("INSERT OR IGNORE INTO t VALUES (3, 50, 'a'), (4, 1, 'a'), (5, 2, 'a');"
         "SELECT group_concat(id) FROM t;", "1,2,5\n")),
    "one-value-in-parens": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE s (n INTEGER);"
        "CREATE TRIGGER first AFTER INSERT ON t BEGIN "
        "DELETE FROM s WHERE n IN ((SELECT n FROM s ORDER BY n)); END;",
        "INSERT INTO s VALUES (1), (2), (3);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL); "
        "CREATE TABLE s (n INTEGER);"
        "CREATE TRIGGER first AFTER INSERT ON t BEGIN "
        "DELETE FROM s WHERE n IN ((SELECT n FROM s ORDER BY n)); END;",
        ("INSERT INTO t (v) VALUES ('x'); SELECT group_concat(n) FROM s;", "2,3\n")),
    "many-changes": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT DEFAULT 'b', c INTEGER);"
        "CREATE TABLE k (tid INTEGER REFERENCES t (id) ON DELETE CASCADE);",
        "INSERT INTO t VALUES (1, 'x', NULL, 3), (4, 'y', 'z', 5);"
        "INSERT INTO k VALUES (1), (4);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT DEFAULT 'q', "
        "c INTEGER CHECK (c > 0), d TEXT NOT NULL DEFAULT (lower('D')), UNIQUE (a, c));"
        "CREATE TABLE k (tid INTEGER REFERENCES t (id) ON DELETE CASCADE);",
        ("SELECT group_concat(d) FROM t;", "d,d\n")),
    "many-rows": Trap(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, n INTEGER);"
        "CREATE INDEX by_v ON t (v);"
        "CREATE TABLE k (tid INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE);",
        "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c "
        "WHERE i < 100000) INSERT INTO t SELECT i * 3, 'row ' || i, i % 7 FROM c;"
        "INSERT INTO k SELECT id FROM t WHERE n = 3;",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL, n INTEGER);"
        "CREATE INDEX by_v ON t (v);"
        "CREATE TABLE k (tid INTEGER NOT NULL REFERENCES t (id) ON DELETE CASCADE);",
        ("SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM k);",
         "100000|14286\n")),
}


# ---- what a database holds ----

def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def rowid_names(columns):
    taken = {c.lower() for c in columns}
    return [n for n in ("rowid", "_rowid_", "oid") if n not in taken]


def contents(path):
    """{table: {column: values}}, types with them, rows by rowid or key."""
    connection = sqlite3.connect(path)
    held = {}
    for name, bare in connection.execute(
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = "
            "'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'schemac_%'"
            ).fetchall():
        held[name] = table_contents(connection, name, bare)
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'"
                          ).fetchall():
        held["sqlite_sequence"] = {"all": connection.execute(
            "SELECT name, seq FROM sqlite_sequence WHERE name <> 'schemac_history' "
            "ORDER BY name").fetchall()}
    connection.close()
    return held


def table_contents(connection, table, without_rowid):
    columns = [row[0] for row in connection.execute(
        "SELECT name FROM pragma_table_xinfo(?)", (table,))]
    names = [quoted(c) for c in columns]
    rowid = [] if without_rowid else rowid_names(columns)[:1]
    order = ", ".join(rowid or names)
    return {c: connection.execute(
        f"SELECT {c}, typeof({c}) FROM {quoted(table)} ORDER BY {order}").fetchall()
        for c in rowid + names}


def check_kept(env, before, after, way):
    for table, columns in before.items():
        env.check(table in after, f"{way}: table {table} is gone")
        for column, values in columns.items():
            if column in after[table]:
                env.check(after[table][column] == values,
                          f"{way}: {table}.{column} has changed")


def check_sound(env, path, way):
    env.equal(env.query(path, "PRAGMA foreign_key_check"), [], f"{way}: foreign keys")
    env.equal(env.query(path, "PRAGMA integrity_check"), [("ok",)], f"{way}: integrity")


# ---- the roads ----

class Road:
    """From one version to the other and back."""

    def __init__(self, env, trap):
        self.env, self.trap = env, trap
        self.folder = env.dir / "lot"
        self.folder.mkdir()
        head = "-- @schema lot\n-- @dialect sqlite\n"
        (self.folder / "1.0.0.sql").write_text(head + trap.old)
        (self.folder / "2.0.0.sql").write_text(head + trap.new)
        self.files = (written(env, "old.sql", trap.old),
                      written(env, "new.sql", trap.new))
        self.shell = Shell(env, "sqlite")
        self.path = self.shell.at

    def check_shape(self, number):
        env = self.env
        sql = (self.trap.old, self.trap.new)[number]
        fresh = env.sqlite(f"fresh-{number}.db", sql)
        mine = outside.without_history(self.path, env.dir)
        env.equal(sqlite_shape(mine), sqlite_shape(fresh), "the shape")
        outside.must_read_as_same(env, mine, fresh, [outside.EQUAL])
        for pair in ((self.files[number], mine), (mine, self.files[number])):
            env.ok("diff", "-q", "--exit-code", "--dialect", "sqlite", *pair)


class ByScript(Road):
    def start(self):
        self.shell.ok(self.trap.old)

    def go(self, number):
        script = self.env.ok("diff", "-q", "--dialect", "sqlite", "--allow", "all",
                             self.files[1 - number], self.files[number])
        for table in self.trap.rebuilt:
            self.env.equal(script.count(f"CREATE TABLE schemac_new_{table} ("), 1,
                           f"rebuilds of {table}")
        self.shell.ok(script)


class ByMigrate(Road):
    def start(self):
        self.go(0)

    def go(self, number):
        self.env.ok("migrate", "-q", "to", ("1.0.0", "2.0.0")[number], self.folder,
                    "--allow", "all", "--database", self.path)


ROADS = {"script": ByScript, "migrate": ByMigrate}


@params(*((name, road) for name in TRAPS for road in ROADS))
def test_keeps(env, name, road):
    trap = TRAPS[name]
    way = ROADS[road](env, trap)
    way.start()
    way.shell.ok("PRAGMA foreign_keys = ON;" + trap.rows)
    first = contents(way.path)
    env.check(any(any(columns.values()) for columns in first.values()), "there are rows")
    way.go(1)
    check_kept(env, first, contents(way.path), "up")
    check_sound(env, way.path, "up")
    way.check_shape(1)
    way.go(0)
    env.check(contents(way.path) == first, "down: something is not what it was")
    check_sound(env, way.path, "down")
    way.check_shape(0)
    way.go(1)
    if trap.after:
        sql, answer = trap.after
        env.equal(way.shell.ok("PRAGMA foreign_keys = ON;" + sql), answer, sql)
        check_sound(env, way.path, "after")


# ---- a new key, and a data step that reads it ----

NUMBERED = """-- @schema lot
CREATE TABLE t ({columns}, v text);
CREATE TABLE seen (id integer, v text);
"""
READS_KEY = """-- @migrate sqlite
INSERT INTO seen SELECT {key}, v FROM t;
-- @end
-- @rollback sqlite
DELETE FROM seen;
-- @end
"""


@params(("id integer PRIMARY KEY", "id", "n integer"),
        ("id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "id", "n integer"),
        ('"rowid" integer PRIMARY KEY', "rowid", "n integer"),
        ("id integer PRIMARY KEY, n integer", "id", '"rowid" integer'))
def test_new_key_is_the_rowid(env, declared, key, before):
    """With a data step, too: the rows have their numbers before it reads them."""
    folder = env.dir / "lot"
    folder.mkdir()
    old = folder / "1.0.0.sql"
    old.write_text(NUMBERED.format(columns=before))
    (folder / "2.0.0.sql").write_text(NUMBERED.format(columns=declared)
                                      + READS_KEY.format(key=key))
    for road in ROADS:
        path = env.sqlite(f"{road}.db", env.ok("ddl", "-q", "--dialect", "sqlite", old))
        env.sqlite_script(path, "INSERT INTO t (v) VALUES ('a'), ('b'), ('c'), ('d');"
                          "DELETE FROM t WHERE v IN ('a', 'c');")
        if road == "script":
            script = env.ok("diff", "-q", "--dialect", "sqlite", "--allow", "all",
                            f"{folder}@1.0.0", f"{folder}@2.0.0")
            env.equal(env.run("sqlite3", "-bail", path, stdin=script).err, "", script)
        else:
            at = (folder, "--database", path, "--allow", "all")
            env.ok("migrate", "-q", "baseline", "1.0.0", *at[:3])
            env.ok("migrate", "-q", "to", "2.0.0", *at)
        rows = [(2, "b"), (4, "d")]
        for table, name in (("t", key), ("seen", "id")):
            env.equal(env.query(path, f"SELECT {name}, v FROM {table} ORDER BY 1"), rows,
                      f"{table} by {road}")
        env.ok("diff", "-q", "--exit-code", "--dialect", "sqlite", path,
               f"{folder}@2.0.0")
