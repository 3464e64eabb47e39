"""What @from and @back give is asked for on PostgreSQL before anything is changed, where
the column takes no NULL: in one transaction, and for tables in use, where earlier steps
would stand."""

from pathlib import Path

from runner.databases import psql
from runner.engines import load, params

SHOP = load(Path(__file__).resolve().with_name("test_migrate_postgres.py"))

OLD = """CREATE TABLE t (id integer PRIMARY KEY, name text, n integer, m integer NOT NULL,
    word text);
CREATE FUNCTION half(i integer) RETURNS integer LANGUAGE sql AS 'SELECT nullif(i, 7) / 2';
"""
# The column of the new version, and a row that it has no value for.
COLUMNS = {
    "added": ("first text NOT NULL, -- @from split_part(name, ' ', 2) || upper(word)",
              "(2, 'b c', 2, 2, NULL)", "@from gives NULL for t.first"),
    "tightened": ("n integer NOT NULL, -- @from length(name)",
                  "(2, NULL, NULL, 2, 'x')", "@from gives NULL for t.n"),
    "retyped": ("m text NOT NULL, -- @from nullif(m, 5)::text",
                "(2, 'b', 2, 5, 'x')", "@from gives NULL for t.m"),
}
BASE = {"name": "name text,", "n": "n integer,", "m": "m integer NOT NULL,"}


def versions(column):
    """The same table with another column, or one that is changed."""
    lines = [line for name, line in BASE.items() if not column.startswith(name + " ")]
    return {"1.0.0": OLD,
            "1.1.0": "CREATE TABLE t (id integer PRIMARY KEY,\n    "
                     + "\n    ".join(lines + [column]) + "\n    word text);\n"
                     + OLD[OLD.index("CREATE FUNCTION"):]}


@params(*((name, way) for name in COLUMNS for way in ("--offline", "--online")))
def test_asked_before_anything_is_changed(env, name, way):
    column, row, words = COLUMNS[name]
    folder, url = SHOP.make_shop(env, versions(column)), env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, f"INSERT INTO t VALUES (1, 'a b', NULL, 1, 'w'), {row}")
    before = psql(env, url, "SELECT * FROM t ORDER BY id")
    SHOP.failed(env, 3, words, SHOP.migrate(env, folder, url, "up", way))
    env.equal(psql(env, url, "SELECT * FROM t ORDER BY id"), before, "the rows")
    status = SHOP.status(env, folder, url)
    env.check("stands" not in status and status["version"] == "1.0.0", str(status))
    psql(env, url, "DELETE FROM t WHERE id = 2")
    SHOP.must(env, folder, url, "up", way)
    SHOP.verified(env, folder, url, "1.1.0")
    kept = psql(env, url, f"SELECT {column.split()[0]} FROM t")
    wanted = {"added": "bW\n", "tightened": "3\n", "retyped": "1\n"}
    env.equal(kept, wanted[name], "value")


def test_a_routine_of_the_schema_is_not_called(env):
    """It may do more than to look: the step itself finds out."""
    folder = SHOP.make_shop(env, versions("n integer NOT NULL, -- @from half(m)"))
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, "INSERT INTO t VALUES (1, 'a', NULL, 4, 'w'), (2, 'a', NULL, 7, 'w')")
    SHOP.failed(env, 4, "contains null values",
                SHOP.migrate(env, folder, url, "up", "--offline"))
    env.equal(SHOP.status(env, folder, url)["version"], "1.0.0", "version")
    env.equal(psql(env, url, "SELECT count(*) FROM t WHERE n IS NULL"), "2\n", "rows")
