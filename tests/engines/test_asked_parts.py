"""Rows of a table that becomes a partition, and of a default partition beside a new one,
are asked for before anything is changed: what they do not satisfy stops the plan there.
"""

from pathlib import Path

from runner.databases import created, psql, psql_refused, written
from runner.engines import load, params

SHOP = load(Path(__file__).resolve().with_name("test_migrate_postgres.py"))
PARENT = "CREATE TABLE p (id integer PRIMARY KEY);\n"
WHOLE = PARENT + """CREATE TABLE t (id integer NOT NULL, v integer{})
    PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (5);
"""
REST = "CREATE TABLE rest PARTITION OF t DEFAULT;\n"
ALONE = "CREATE TABLE high (id integer NOT NULL, v integer);\n"
PART = "CREATE TABLE high PARTITION OF t FOR VALUES FROM (5) TO ({});\n"
ALL = ("--allow", "all")

# name: (what the whole has, 1.0.0, 1.1.0, where the row goes, the row, what is said)
JOINING = {
    "a foreign key": (" REFERENCES p", ALONE, PART.format("MAXVALUE"), "high", "(7, 99)",
                      "high has rows that refer to nothing (t_v_fkey)"),
    "the bound": ("", ALONE, PART.format("MAXVALUE"), "high", "(2, 1)",
                  "high has rows outside of the bound of high"),
    "a default partition": ("", REST + ALONE, REST + PART.format("20"), "rest", "(7, 1)",
                            "rest has rows within the bound of high"),
    "a new one": ("", REST, REST + PART.format("20"), "rest", "(7, 1)",
                  "rest has rows within the bound of high"),
}


@params(*((name, way) for name in JOINING for way in ("--offline", "--online")))
def test_rows_of_a_table_that_joins(env, name, way):
    has, before, after, table, row, words = JOINING[name]
    whole = WHOLE.format(has)
    folder = SHOP.make_shop(env, {"1.0.0": whole + before, "1.1.0": whole + after})
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, f"INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1);"
                   f" INSERT INTO {table} VALUES (30, 1), {row}")
    SHOP.failed(env, 3, words, SHOP.migrate(env, folder, url, "up", way, *ALL))
    status = SHOP.status(env, folder, url)
    env.check("stands" not in status and status["version"] == "1.0.0", str(status))
    psql(env, url, f"DELETE FROM {table} WHERE id <> 30")
    SHOP.must(env, folder, url, "up", way, *ALL)
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, "SELECT id FROM t ORDER BY id"), "1\n30\n", "rows")


@params("--offline", "--online")
def test_a_parent_by_inherits(env, way):
    """A key of it, and one that refers to it, are about its own rows alone."""
    before = ("CREATE TABLE p (id integer NOT NULL);\nCREATE TABLE c () INHERITS (p);\n"
              "CREATE TABLE r (p integer);\n")
    after = before.replace("NOT NULL", "PRIMARY KEY").replace("(p integer)",
                                                              "(p integer REFERENCES p)")
    pair = [written(env, "old.sql", before), written(env, "new.sql", after)]
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (1), (2);"
                   "INSERT INTO r VALUES (1)")
    env.ok("apply", "--yes", way, "--allow", "all", "--database", url, pair[1])
    env.same_schema(url, created(env, pair[1]))
    psql_refused(env, url, "INSERT INTO r VALUES (2)", "r_p_fkey")
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO c VALUES (2); INSERT INTO r VALUES (2)")
    done = env.schemac("apply", "--yes", way, "--allow", "all", "--database", url,
                       pair[1])
    env.check(done.code != 0 and "r has rows that refer to nothing" in done.err,
              done.story())
