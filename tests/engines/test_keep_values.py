"""Values that only the old type can hold are kept and come back, whatever else changes
its name in the same version."""

from runner.databases import Shell
from runner.engines import params

OLD = {
    "as-it-is": "CREATE TABLE t (id INTEGER PRIMARY KEY, n NUMERIC);",
    "table-renamed": "CREATE TABLE t (id INTEGER PRIMARY KEY, n NUMERIC);",
    "table-renamed-to-one-before-it":
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n NUMERIC);",
    "both-renamed": "CREATE TABLE t (id INTEGER PRIMARY KEY, n NUMERIC);",
}

NEW = {
    "as-it-is": "CREATE TABLE t (id INTEGER PRIMARY KEY, n NUMERIC(10, 2));",
    "table-renamed": "-- @was t\nCREATE TABLE u (id INTEGER PRIMARY KEY,"
                     " n NUMERIC(10, 2));",
    "table-renamed-to-one-before-it":
        "-- @was t\nCREATE TABLE \"T\" (id INTEGER PRIMARY KEY, n NUMERIC(10, 2));",
    "both-renamed": "-- @was t\nCREATE TABLE a (id INTEGER PRIMARY KEY,"
                    " m NUMERIC(10, 2) /* @was n */);",
}

ROWS = "INSERT INTO t VALUES (1, 1), (2, 3.14159), (3, NULL), (4, -0.005), (5, 1000.10);"


@params(*((engine, name) for engine in ("sqlite", "postgres") for name in OLD))
def test_a_number_gets_digits(env, engine, name):
    files = []
    for side, text in (("old", OLD[name]), ("new", NEW[name])):
        files.append(env.dir / f"{side}.sql")
        files[-1].write_text(text)
    shell = Shell(env, engine)
    shell.ok(env.ok("ddl", "--dialect", engine, files[0]) + ROWS)
    before = shell.ok("SELECT id, n FROM t ORDER BY id;")
    shell.ok(env.ok("diff", "--dialect", engine, "--keep", *files))
    shell.ok(env.ok("diff", "--dialect", engine, "--keep", "--down", *files))
    env.equal(shell.ok("SELECT id, n FROM t ORDER BY id;"), before, "rows")


PARTS = """
CREATE TABLE u (id INTEGER, n NUMERIC, PRIMARY KEY (id, n)) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF u FOR VALUES FROM (MINVALUE) TO (3);
CREATE TABLE high PARTITION OF u FOR VALUES FROM (3) TO (MAXVALUE) PARTITION BY RANGE (n);
CREATE TABLE "high low" PARTITION OF high FOR VALUES FROM (MINVALUE) TO (1);
CREATE TABLE "high high" PARTITION OF high DEFAULT;
"""


@params("part", "parts-of-a-part")
def test_partitions_go_while_a_column_is_renamed(env, name):
    """Their rows are kept by the name that the column has by then."""
    new = PARTS.replace("n NUMERIC,", "m NUMERIC,  -- @was n\n").replace("id, n", "id, m")
    new = new.replace("RANGE (n)", "RANGE (m)").splitlines()
    new = [x for x in new if "high" not in x or (name == "part" and "low" not in x)]
    files = []
    for side, text in (("old", PARTS), ("new", "\n".join(new))):
        files.append(env.dir / f"{side}.sql")
        files[-1].write_text(text)
    shell = Shell(env, "postgres")
    shell.ok(env.ok("ddl", "--dialect", "postgres", files[0])
             + ROWS.replace("INTO t", "INTO u").replace("NULL", "0.5"))
    question = "SELECT tableoid::regclass, id, n FROM u ORDER BY id;"
    before = shell.ok(question)
    shell.ok(env.ok("diff", "--dialect", "postgres", "--keep", *files))
    shell.ok(env.ok("diff", "--dialect", "postgres", "--keep", "--down", *files))
    env.equal(shell.ok(question), before, "rows")


GRADE = "CREATE DOMAIN grade AS integer DEFAULT 4 CHECK (VALUE < 100);\n"


@params(("sqlite", "--offline"), ("postgres", "--offline"), ("postgres", "--online"))
def test_a_default_of_a_domain_is_no_kept_value(env, engine, way):
    """Only rows that came since get it."""
    columns = ", g grade, h integer DEFAULT 4, i grade DEFAULT 9, j grade DEFAULT NULL"
    files = []
    for side, more in (("old", columns), ("new", "")):
        files.append(env.dir / f"{side}.sql")
        files[-1].write_text(f"{GRADE}CREATE TABLE t (id integer PRIMARY KEY{more});")
    shell = Shell(env, engine)
    shell.ok(env.ok("ddl", "--dialect", engine, files[0])
             + "INSERT INTO t VALUES (1, 7, 7, 7, 7), (2, NULL, NULL, NULL, NULL);")
    before = shell.ok("SELECT * FROM t ORDER BY id;")
    how = ("--dialect", engine, "--keep", "--allow", "all", way)
    shell.ok(env.ok("diff", *how, *files))
    shell.ok("INSERT INTO t VALUES (3);")
    shell.ok(env.ok("diff", *how, "--down", *files))
    env.equal(shell.ok("SELECT * FROM t WHERE id < 3 ORDER BY id;"), before, "rows")
    since = shell.ok("SELECT g, h, i, j FROM t WHERE id = 3;")
    env.equal(since.strip(), "4|4|9|", "the row that came since")
