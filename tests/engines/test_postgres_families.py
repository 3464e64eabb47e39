"""Tables made of tables: what PostgreSQL makes of the declarations and of our DDL for
them is the same, so is what becomes of its own dump, and rows stay where they belong
through migrations."""

from runner.databases import case, check_same, created, dumped, loaded, psql, written
from runner.engines import params

# Each a case of tests/cases/print.
CASES = ("partitions", "attached-partitions", "inheritance", "like-and-queries",
         "how-relations-are-kept")


def declaration(env, name):
    return case(env, f"cases/print/{name}")


@params(*CASES)
def test_ddl_makes_what_the_server_made(env, name):
    theirs = loaded(env, declaration(env, name))
    ours = created(env, written(env, "declared.sql", declaration(env, name)))
    check_same(env, ours, theirs, "our DDL")


@params(*CASES)
def test_a_dump_makes_it_again(env, name):
    theirs = loaded(env, declaration(env, name))
    ours = created(env, written(env, "dump.sql", dumped(env, theirs)))
    check_same(env, ours, theirs, "our DDL of the dump")


@params(*CASES)
def test_printed_is_what_was_declared(env, name):
    declared = written(env, "declared.sql", declaration(env, name))
    printed = written(env, "printed.sql", env.ok("print", "-q", declared))
    env.equal(env.ok("print", "-q", printed), printed.read_text(), "printed twice")
    check_same(env, created(env, printed), created(env, declared), "printed")


# From, to, and rows that must be there before and after.
ROWS = """
CREATE TABLE m (a integer NOT NULL, v text DEFAULT 'd', PRIMARY KEY (a))
    PARTITION BY RANGE (a);
CREATE TABLE low PARTITION OF m FOR VALUES FROM (0) TO (10);
CREATE TABLE high (a integer NOT NULL, v text DEFAULT 'd', PRIMARY KEY (a));
CREATE TABLE parent (a integer, note text);
CREATE TABLE child (x integer) INHERITS (parent);
CREATE INDEX low_v ON low (v);
"""

MIGRATIONS = (
    # attach
    (ROWS, ROWS.replace("CREATE TABLE high (a integer NOT NULL, v text DEFAULT 'd', "
                        "PRIMARY KEY (a));",
                        "CREATE TABLE high PARTITION OF m FOR VALUES FROM (10) "
                        "TO (20);")),
    # another column, default, NOT NULL and index for all of them
    (ROWS, ROWS.replace("'d', PRIMARY KEY (a))\n",
                        "'e' NOT NULL, w integer DEFAULT 4, PRIMARY KEY (a))\n")
     + "CREATE INDEX ON m (v);"),
    # inheritance: a column of the parent, another parent, none
    (ROWS, ROWS.replace("note text", "note text, z integer DEFAULT 2")),
    (ROWS.replace("child (x", "child (a integer, note text, x"),
     ROWS.replace("INHERITS (parent)", "").replace("child (x", "child (a integer, "
                                                   "note text, x")),
    # other bounds
    (ROWS, ROWS.replace("TO (10)", "TO (11)")),
    # a partition in the place of two
    (ROWS + "CREATE TABLE mid PARTITION OF m FOR VALUES FROM (30) TO (40);",
     ROWS + "CREATE TABLE wide PARTITION OF m FOR VALUES FROM (25) TO (50);"),
    # flags and settings
    (ROWS, ROWS + "ALTER TABLE parent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL "
     "SECURITY; ALTER TABLE high CLUSTER ON high_pkey, REPLICA IDENTITY FULL;"
     "ALTER TABLE parent ALTER note SET STORAGE EXTERNAL, ALTER a SET STATISTICS 50,"
     "ALTER a SET (n_distinct = 5); ALTER TABLE high ALTER v SET COMPRESSION pglz;"
     "ALTER TABLE parent SET (fillfactor = 40); ALTER TABLE high SET UNLOGGED;"),
    # a new partition of an old table, the key of a partition of a partition
    (ROWS, ROWS + "CREATE TABLE more PARTITION OF m (v DEFAULT 'more') FOR VALUES FROM "
     "(100) TO (200) PARTITION BY LIST (a);"
     "CREATE TABLE most PARTITION OF more DEFAULT;"),
)

FILL = """
INSERT INTO m VALUES (1, 'one'), (2, 'two');
INSERT INTO high VALUES (12, 'twelve');
INSERT INTO parent VALUES (1, 'p');
INSERT INTO child (a, note, x) VALUES (2, 'c', 3);
"""


@params(*[(i, back) for i in range(len(MIGRATIONS)) for back in (False, True)])
def test_migration_keeps_the_rows(env, number, back):
    old, new = MIGRATIONS[number]
    if back:
        old, new = new, old
    old = written(env, "old.sql", old)
    new = written(env, "new.sql", new)
    url = created(env, old)
    psql(env, url, FILL)
    count = "SELECT count(*) FROM low; SELECT a, v FROM high; SELECT a FROM child;"
    before = psql(env, url, count)
    psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", old, new))
    check_same(env, url, loaded(env, new.read_text()), "migrated and fresh")
    env.equal(psql(env, url, count), before, "rows")
    env.equal(env.ok("diff", "-q", "--dialect", "postgres", new,
                     written(env, "after.sql", dumped(env, url))), "", "difference left")


# @ is the column that is renamed.
RENAMED = """
CREATE TABLE m (a integer, @was) PARTITION BY RANGE (a);
CREATE TABLE high PARTITION OF m FOR VALUES FROM (10) TO (20) PARTITION BY LIST (@);
CREATE TABLE rest PARTITION OF high (@ DEFAULT 7, CONSTRAINT k CHECK (@ > 0)) DEFAULT;
CREATE INDEX rest_v ON rest (@) WHERE @ < 100;
CREATE TABLE parent (@was, note text);
CREATE TABLE child (@ integer DEFAULT 3, x integer, CONSTRAINT u UNIQUE (@, x))
    INHERITS (parent);
CREATE INDEX child_v ON child (@);
COMMENT ON COLUMN child.@ IS 'own';
"""


@params("up", "down")
def test_a_renamed_column_is_renamed_in_all_of_them(env, way):
    """At once: what partitions and children say of it goes on, nothing is made anew."""
    old = RENAMED.replace("@was", "v integer").replace("@", "v")
    new = RENAMED.replace("@was", "w integer /* ! v */").replace("@", "w")
    files = [written(env, "old.sql", old),
             written(env, "new.sql", new.replace("!", "@was"))]
    down = ["--down"] if way == "down" else []
    url = created(env, files[len(down)])
    psql(env, url, "INSERT INTO m VALUES (11, 5), (12, 8);"
         "INSERT INTO child VALUES (DEFAULT, 'n', 1)")
    script = env.ok("diff", "--dialect", "postgres", *down, *files)
    env.equal(script.count("\n-- 0"), 2, f"steps in\n{script}")
    psql(env, url, script)
    check_same(env, url, created(env, files[1 - len(down)]), "what became of it")
    env.equal(psql(env, url, "TABLE m; TABLE child"), "11|5\n12|8\n3|n|1\n", "rows")
