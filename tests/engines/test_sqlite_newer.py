"""Checks and NOT NULL in place, on a SQLite that can: 3.53 and 3.54, with rows.

What runs there is schemac itself, by LD_LIBRARY_PATH; what is there afterwards, that
SQLite is asked.
"""

import shutil

from runner import newer_sqlite
from runner.databases import written
from runner.engines import params

VERSIONS = ("3.53", "3.54")
FROM = """-- @schema lot
CREATE TABLE brands (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    plate text,
    shade text NOT NULL,
    old   text,
    brand bigint CONSTRAINT cars_brand REFERENCES brands (id) ON DELETE CASCADE,
    CONSTRAINT plate_long CHECK (length(plate) < 100),
    CONSTRAINT plate_old CHECK (plate <> old)
);
CREATE INDEX cars_plate ON cars (plate);
CREATE VIEW plates AS SELECT plate FROM cars;
"""
# What each can in place; {} is the foreign key.
TO = """-- @schema lot
-- @extends 1.0.0
ALTER TABLE cars ALTER COLUMN plate SET NOT NULL;
ALTER TABLE cars ALTER COLUMN shade DROP NOT NULL;
ALTER TABLE cars ADD COLUMN kind text NOT NULL DEFAULT 'car';
ALTER TABLE cars DROP CONSTRAINT plate_long;
ALTER TABLE cars DROP CONSTRAINT plate_old;
ALTER TABLE cars DROP COLUMN old;
ALTER TABLE cars ADD CONSTRAINT plate_long CHECK (length(plate) < 50);
ALTER TABLE cars ADD CONSTRAINT kinds CHECK (kind IN ('car', 'truck') OR shade = 'red');
"""
EXTRA = {"3.53": "", "3.54": "ALTER TABLE cars DROP CONSTRAINT cars_brand;\n"}
ROWS = """INSERT INTO brands VALUES (1, 'a');
INSERT INTO cars VALUES (1, 'x', 'red', 'y', 1), (2, 'z', 'blue', NULL, 1);
"""
IN_ROWS = "SELECT id, plate, shade, brand FROM cars ORDER BY id;"
IN_PRAGMA = """SELECT name, "notnull" FROM pragma_table_info('cars')
WHERE name IN ('plate', 'shade') ORDER BY name;"""
KEPT = "1|x|red|1\n2|z|blue|1\n"


class Newer:
    """A schema folder, and that SQLite."""

    def __init__(self, env, version):
        self.env, self.version = env, version
        self.settings = newer_sqlite.environment(
            newer_sqlite.library(env.context, version))
        folder = env.dir / "lot"
        folder.mkdir()
        to = TO + EXTRA[version]
        if version == "3.53":  # takes a check that is NULL for one that fails
            to = to.replace(" OR shade = 'red'", "")
        (folder / "1.0.0.sql").write_text(FROM)
        (folder / "2.0.0.sql").write_text(to)

    def ok(self, *args):
        return self.env.ok(*args, env=self.settings)

    def made(self, name, rows=ROWS):
        path = self.env.dir / name
        self.ok("migrate", "to", "1.0.0", "lot", "--database", f"sqlite:{path}")
        self.shell(path, rows)
        return path

    def loose(self):
        """The same without a history."""
        path = self.env.dir / "apply.db"
        self.shell(path, self.ok("ddl", "-q", "--dialect", "sqlite", "lot@1.0.0") + ROWS)
        return path

    def shell(self, path, sql):
        done = self.try_shell(path, sql)
        self.env.check(done.code == 0, sql + "\n" + done.story())
        return done.out

    def try_shell(self, path, sql):
        return self.env.run("sqlite3", "-bail", path, stdin=sql, env=self.settings)

    def check_arrival(self, path):
        env = self.env
        self.ok("diff", "-q", "--exit-code", path, "lot@2.0.0")
        env.equal(self.shell(path, IN_ROWS), KEPT, "rows")
        env.equal(self.shell(path, IN_PRAGMA), "plate|1\nshade|0\n", "NOT NULL")
        env.equal(self.shell(path, "PRAGMA integrity_check; PRAGMA foreign_key_check;"),
                  "ok\n", "sound")
        for row, what in (("3, NULL, 'blue', 1, 'car'", "NOT NULL constraint failed"),
                          ("3, 'p', 'blue', 1, 'bus'", "CHECK constraint failed: kinds"),
                          (f"3, '{'p' * 50}', 'blue', 1, 'car'", "plate_long")):
            done = self.try_shell(
                path, f"INSERT INTO cars (id, plate, shade, brand, kind) VALUES ({row});")
            env.check(done.code != 0 and what in done.err, row + "\n" + done.story())


@params(*VERSIONS)
def test_a_script_changes_rules_in_place(env, version):
    newer = Newer(env, version)
    path = newer.made("script.db")
    script = newer.ok("diff", "-q", "--allow", "all", "--sqlite-version", version,
                      "--dialect", "sqlite", "lot@1.0.0", "lot@2.0.0")
    env.check("schemac_new_" not in script, script)
    newer.shell(path, script)
    newer.check_arrival(path)


@params(*VERSIONS)
def test_migrate_and_apply_see_which_sqlite_they_run(env, version):
    newer = Newer(env, version)
    for name, command in (("migrate", ("migrate", "up", "lot")),
                          ("apply", ("apply", "--yes", "lot@2.0.0"))):
        path = newer.made(f"{name}.db") if name == "migrate" else newer.loose()
        said = env.schemac(*command, "--allow", "all", "--database", f"sqlite:{path}",
                           env=newer.settings)
        env.equal(said.code, 0, said.story())
        env.check("set NOT NULL of cars.plate" in said.out + said.err, said.story())
        env.check("rebuild table" not in said.out + said.err, said.story())
        newer.check_arrival(path)
        if name == "migrate":
            newer.ok("migrate", "down", "lot", "--allow", "all", "--database",
                     f"sqlite:{path}")
            newer.ok("diff", "-q", "--exit-code", path, "lot@1.0.0")


@params(*VERSIONS)
def test_rows_that_break_the_rules_are_counted_first(env, version):
    newer = Newer(env, version)
    broken = "INSERT INTO cars VALUES (3, NULL, 'q', 'o', 1);"
    path = newer.made("broken.db", ROWS + broken)
    done = env.schemac("migrate", "up", "lot", "--allow", "all", "--database",
                       f"sqlite:{path}", env=newer.settings)
    env.check(done.code != 0 and "cars.plate holds NULL" in done.err, done.story())
    newer.ok("diff", "-q", "--exit-code", path, "lot@1.0.0")


@params(*VERSIONS)
def test_an_older_sqlite_is_told_so(env, version):
    """The script stops before it has changed anything; migrate rebuilds."""
    newer = Newer(env, version)
    path = newer.made("older.db")
    copy = shutil.copy(path, env.dir / "copy.db")
    script = newer.ok("diff", "-q", "--allow", "all", "--sqlite-version", version,
                      "--dialect", "sqlite", "lot@1.0.0", "lot@2.0.0")
    done = env.run("sqlite3", "-bail", path, stdin=script)
    env.check(done.code != 0 and "this SQLite is older than 3.53" in done.err,
              done.story())
    env.ok("diff", "-q", "--exit-code", path, "lot@1.0.0")
    env.ok("migrate", "up", "lot", "--allow", "all", "--database", f"sqlite:{copy}")
    newer.check_arrival(copy)


def test_what_a_newer_one_refuses(env):
    """The obstacles that quote it (src/dialect/sqlite/obstacles.def); what 3.53.0 says of
    a quoted name, later ones of 3.53 do not."""
    table = "CREATE TABLE t (a integer PRIMARY KEY, b text CONSTRAINT k UNIQUE);" \
            "INSERT INTO t VALUES (1, NULL);"
    check = "ALTER TABLE t ADD CONSTRAINT c CHECK (b <> 'x');"
    drop = "ALTER TABLE t DROP CONSTRAINT k;"
    for version, change, answer in (
            ("3.53", check, "constraint failed"), ("3.54", check, None),
            ("3.53", drop, "constraint may not be dropped"),
            ("3.54", drop, "constraint may not be dropped")):
        library = newer_sqlite.library(env.context, version)
        done = env.run("sqlite3", "-bail", ":memory:", stdin=table + change,
                       env=newer_sqlite.environment(library))
        env.check(done.code == 0 if answer is None else answer in done.err,
                  f"{version}: {change}\n" + done.story())


def test_what_stands_in_the_text_is_read_again(env):
    """SQLite puts NOT NULL at the end of the column, whatever stands there."""
    newer = Newer(env, "3.54")
    columns = ("text COLLATE nocase", "text DEFAULT 'q'", "text NULL", "decimal(10,2)",
               "text -- why\n", "text CHECK (c <> '')", "text REFERENCES p (t)",
               "text REFERENCES p (t) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
               "text GENERATED ALWAYS AS (b || 'x') VIRTUAL", "", "\"my type\"")
    for number, column in enumerate(columns):
        for tail in ("", " STRICT", " WITHOUT ROWID"):
            if tail == " STRICT" and column in (columns[3], columns[9], columns[10]):
                continue
            table = "CREATE TABLE p (t text UNIQUE);\n" \
                    f"CREATE TABLE t (a integer PRIMARY KEY, b text, c {column}){tail};"
            path = env.sqlite(f"{number}{tail}.db")
            newer.shell(path, table + "ALTER TABLE t ALTER COLUMN c SET NOT NULL;"
                                      "ALTER TABLE t ADD CONSTRAINT k CHECK (b > c);"
                                      "ALTER TABLE t ADD CHECK (a > 0);")
            words = column.replace("text NULL", "text").replace(" -- why\n", "")
            wanted = table.replace(
                f"c {column})", f"c {words} NOT NULL, CONSTRAINT k CHECK (b > c), "
                                "CHECK (a > 0))")
            file = written(env, f"{number}{tail}.sql", "-- @dialect sqlite\n" + wanted)
            newer.ok("diff", "-q", "--exit-code", path, file)


@params(*VERSIONS)
def test_a_rebuild_is_proved_by_what_that_sqlite_keeps(env, version):
    """apply asks for the text of the table: a name in quotes, a key to itself, a check
    with the name of the table, and more columns than operators may stand in a row."""
    newer = Newer(env, version)
    many = "".join(f", c{n} text" for n in range(1100))
    old = """-- @dialect sqlite
create table [a t] (id integer primary key, up int references [a t], n int default 5,
  e text check ("a t".e <> '"')MANY) strict;
""".replace("MANY", many)
    new = old.replace("default 5", "default 6").replace("c7 text", "c7 text default ' '")
    path = env.dir / "rebuilt.db"
    newer.shell(path, old + """INSERT INTO "a t" (id, up, e) VALUES (1, 1, 'x');""")
    file = written(env, "new.sql", new)
    said = env.schemac("apply", "--yes", file, "--database", f"sqlite:{path}",
                       env=newer.settings)
    env.equal(said.code, 0, said.story())
    env.check("rebuild table a t" in said.out + said.err, said.story())
    env.equal(newer.shell(path, 'SELECT id, up, n, e FROM "a t";'), "1|1|5|x\n", "rows")
    newer.ok("diff", "-q", "--exit-code", path, file)
