"""Scripts of `diff` under the engines' own shells: @migrate runs between growing and
tightening, @verify and preconditions stop the script, and then nothing has changed.
"""

from runner.databases import Shell
from runner.engines import params

OLD = """
CREATE TABLE spots (name text PRIMARY KEY, taken boolean NOT NULL DEFAULT false);
CREATE TABLE cars (id integer PRIMARY KEY, plate text, spot text);
"""

NEW = """
CREATE TABLE spots (name text PRIMARY KEY, taken boolean NOT NULL DEFAULT false);
CREATE TABLE cars (
    id integer PRIMARY KEY,
    plate text NOT NULL,
    spot text REFERENCES spots (name),
    kind text NOT NULL
);
-- @migrate
INSERT INTO spots (name) SELECT DISTINCT spot FROM cars WHERE spot IS NOT NULL;
UPDATE cars SET kind = CASE WHEN plate LIKE 'T%' THEN 'truck' ELSE 'car' END; -- by plate
-- @end
-- @verify "every plate is there"
SELECT count(*) = 0 FROM cars WHERE plate = '';
-- @end
-- @verify "no two cars on a spot"
SELECT a.id, b.id FROM cars a JOIN cars b ON a.spot = b.spot AND a.id < b.id;
-- @end
"""

DIALECTS = ("sqlite", "postgres")


def versions(env, old=OLD, new=NEW):
    for name, text in (("1.0.0.sql", old), ("1.1.0.sql", new)):
        (env.dir / name).write_text(text)
    return env.dir / "1.0.0.sql", env.dir / "1.1.0.sql"


def at_old(env, dialect, rows):
    shell = Shell(env, dialect)
    old, new = versions(env)
    shell.ok(env.ok("ddl", "--dialect", dialect, old))
    shell.ok(rows)
    return shell, env.ok("diff", "--dialect", dialect, "--allow", "all", old, new)


@params(*DIALECTS)
def test_data_step_and_verify(env, dialect):
    shell, script = at_old(env, dialect, """
        INSERT INTO cars VALUES (1, 'T-1', 'A'), (2, 'K-2', 'B'), (3, 'K-3', NULL);""")
    shell.ok(script)
    env.equal(shell.ok("SELECT id, kind, spot FROM cars ORDER BY id;"),
              "1|truck|A\n2|car|B\n3|car|\n", "rows")
    env.equal(shell.ok("SELECT name FROM spots ORDER BY name;"), "A\nB\n", "spots")


@params(*((d, rows, message) for d in DIALECTS for rows, message in (
    ("INSERT INTO cars VALUES (1, '', NULL);", "every plate is there"),
    ("INSERT INTO cars VALUES (1, 'x', 'A'), (2, 'y', 'A');", "no two cars on a spot"))))
def test_what_does_not_hold_stops_it(env, dialect, rows, message):
    shell, script = at_old(env, dialect, rows)
    before = shell.ok("SELECT id, plate, spot FROM cars ORDER BY id;")
    shell.refused(script, message)
    env.equal(shell.ok("SELECT id, plate, spot FROM cars ORDER BY id;"), before, "rows")
    env.equal(shell.ok("SELECT count(*) FROM spots;"), "0\n", "spots")


@params(*DIALECTS)
def test_a_precondition_stops_it(env, dialect):
    old, new = versions(env, "CREATE TABLE t (a integer);",
                        "CREATE TABLE t (a integer NOT NULL);")
    shell = Shell(env, dialect)
    shell.ok(env.ok("ddl", "--dialect", dialect, old))
    shell.ok("INSERT INTO t VALUES (1), (NULL);")
    shell.refused(env.ok("diff", "--dialect", dialect, old, new), "t.a")
    env.equal(shell.ok("SELECT count(*) FROM t;"), "2\n", "rows")


@params(*DIALECTS)
def test_to_nothing_and_from_nothing(env, dialect):
    old, new = versions(env)
    empty = env.dir / "empty.sql"
    empty.write_text("CREATE TABLE other (id integer PRIMARY KEY);")
    shell = Shell(env, dialect)
    shell.ok(env.ok("ddl", "--dialect", dialect, new))
    shell.ok("INSERT INTO spots (name) VALUES ('A');"
             "INSERT INTO cars VALUES (1, 'x', 'A', 'car');")
    shell.ok(env.ok("diff", "--dialect", dialect, "--allow", "all", new, empty))
    shell.ok("INSERT INTO other VALUES (1);")
    shell.refused("SELECT * FROM cars;", "cars")
