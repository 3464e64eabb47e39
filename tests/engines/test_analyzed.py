"""Statistics of tables in use: the server has none of a column with another type, a new
expression, a new statistics object or another table, until it is told to look.
"""

from runner.databases import created, psql, written
from runner.engines import params

OLD = """CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE a (id integer PRIMARY KEY, n integer, t text, u text, v varchar(9), m mood);
CREATE TABLE b (id integer PRIMARY KEY, n integer, g integer, h integer,
    twice integer GENERATED ALWAYS AS (n * 2) STORED);
CREATE STATISTICS two (dependencies) ON g, h FROM b;
CREATE TABLE p (id integer, day date, n integer) PARTITION BY RANGE (id);
CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (50);
CREATE TABLE p_2 PARTITION OF p DEFAULT;
CREATE INDEX ON p (n);
"""
NEW = {
    "type": OLD.replace("n integer, t", "n bigint, t"),
    "type in place": OLD.replace("varchar(9)", "varchar(90)"),
    "collation": OLD.replace("t text", 't text COLLATE "C"'),
    "enum": OLD.replace("'good', 'bad'", "'bad', 'good'"),
    "expression": OLD + "CREATE INDEX lowered ON a (lower(t));",
    "generated": OLD.replace("h integer,", "h integer,\n   "
                             " more integer GENERATED ALWAYS AS (n + 1) STORED,"),
    "another generated": OLD.replace("twice integer GENERATED ALWAYS AS (n * 2)",
                                     "twice integer GENERATED ALWAYS AS (n + n * 1)"),
    "other statistics": OLD.replace("(dependencies) ON g, h", "(ndistinct) ON g, h"),
    "statistics": OLD + "CREATE STATISTICS both_texts ON t, u FROM a;",
    "partitions": OLD.replace("day date, n integer", "day date, n bigint"),
    "another table": OLD.replace("BY RANGE (id)", "BY LIST (day)").replace(
        "FROM (0) TO (50)", "IN ('2020-01-01')"),
}
ROWS = """INSERT INTO a SELECT n, n % 7, 't' || n % 5, 'u' || n % 5, 'v', 'good'
    FROM generate_series(1, 500) AS n;
INSERT INTO b SELECT n, n, n % 3, n % 3 * 2 FROM generate_series(1, 500) AS n;
INSERT INTO p SELECT n, date '2020-01-01' + n % 2, n % 9 FROM generate_series(1, 90) AS n;
ANALYZE;
"""
UNKNOWN = {  # relations, and what of them the server knows nothing about
    "type": "a.n", "type in place": "a.v", "collation": "a.t", "enum": "a.m",
    "expression": "lowered.lower", "statistics": "both_texts",
    "generated": "b.more", "another generated": "b.twice", "other statistics": "two",
    "partitions": "p.n p_1.n p_2.n",
    "another table": "p.id p.day p.n p_1.id p_1.day p_1.n p_2.id p_2.day p_2.n",
}
# pg_stats hides nothing from who owns the tables.
ASK_UNKNOWN = """SELECT string_agg(name, ' ' ORDER BY name) FROM (
    SELECT c.relname || '.' || a.attname
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
        AND NOT a.attisdropped
        AND (c.relkind IN ('r', 'p')
             OR (c.relkind = 'i' AND EXISTS (SELECT FROM pg_index AS i
                 WHERE i.indexrelid = c.oid AND i.indexprs IS NOT NULL)))
        AND NOT EXISTS (SELECT FROM pg_stats AS s WHERE s.tablename = c.relname
            AND s.attname = a.attname)
    UNION ALL
    SELECT stxname FROM pg_statistic_ext AS s
        WHERE NOT EXISTS (SELECT FROM pg_statistic_ext_data AS d
            WHERE d.stxoid = s.oid
                AND coalesce(d.stxddependencies::text, d.stxdndistinct::text) IS NOT NULL)
) AS unknown (name)"""


def unknown(env, url):
    return set(psql(env, url, ASK_UNKNOWN).split())


def steps_of(env, old, new, *way):
    return env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", *way, old, new)


@params(*NEW)
def test_what_is_known(env, name):
    old, new = written(env, "old.sql", OLD), written(env, "new.sql", NEW[name])
    url = created(env, old)
    psql(env, url, ROWS)
    env.equal(unknown(env, url), set(), "before")
    sql = steps_of(env, old, new, "--online")
    env.equal(sql.count("\nANALYZE "), 1, "how often: " + sql)
    psql(env, url, sql[:sql.rindex("\nBEGIN;")])
    env.equal(unknown(env, url), set(UNKNOWN[name].split()), "without it")
    psql(env, url, sql[sql.rindex("\nBEGIN;"):])
    env.equal(unknown(env, url), set(), "with it")
    env.same_schema(url, created(env, new), column_order=False)


def test_each_table_once(env):
    """However much of it changes, behind all else; a new table is nobody's yet."""
    new = NEW["type"].replace("id integer PRIMARY KEY, n integer, g",
                              "id bigint PRIMARY KEY, n bigint, g").replace(
        "v varchar(9)", "v text") + "CREATE TABLE c (n integer);" \
        "CREATE INDEX ON a (lower(u)); CREATE INDEX ON c ((n + 1));"
    old, new = written(env, "old.sql", OLD), written(env, "new.sql", new)
    sql = steps_of(env, old, new, "--online")
    env.equal([line for line in sql.splitlines() if line.startswith("ANALYZE")],
              ["ANALYZE a;", "ANALYZE b;"], "which")
    env.check(sql.index("ANALYZE a") > sql.rindex("CREATE INDEX"), sql)


@params("--offline", "--online")
def test_what_is_left_alone(env, way):
    """A database that nobody uses is looked at when someone does; columns that come are
    filled by rows that autovacuum counts."""
    old = written(env, "old.sql", OLD)
    if way == "--online":
        new = OLD.replace("n integer, t", "more integer, n integer DEFAULT 1, t")
    else:
        new = NEW["type"]
    sql = steps_of(env, old, written(env, "new.sql", new), way)
    env.check("ANALYZE" not in sql, sql)


def unknown_columns(env, url):
    return {name for name in unknown(env, url) if name.startswith("a.")}


def test_by_migrate(env):
    """Up and back, with what a version says of the values."""
    (env.dir / "lot").mkdir()
    written(env, "lot/1.0.0.sql", "-- @schema lot\n" + OLD)
    written(env, "lot/2.0.0.sql", "-- @schema lot\n" + OLD.replace(
        "n integer, t", "\n-- @back substr(n, 2)::integer\nn text, -- @from 'n' || n\nt"))
    url = env.postgres()
    where = ("--database", url, "lot")
    env.ok("migrate", "to", "1.0.0", *where)
    psql(env, url, ROWS)
    env.ok("migrate", "up", "--online", *where)
    env.equal(unknown_columns(env, url), set(), "up")
    env.ok("migrate", "to", "1.0.0", "--online", "--allow", "all", *where)
    env.equal(unknown_columns(env, url), set(), "back")
    env.check("equals it" in env.ok("migrate", "verify", *where), "verify")
