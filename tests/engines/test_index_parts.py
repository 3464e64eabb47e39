"""Parts of the indexes of a partitioned table: the server makes and names them, where no
other stands already that will do.

Each change is made on a database with rows; the server's own dump is that of a fresh one,
and `diff` against the live one finds nothing.
"""

from runner.databases import created, loaded, psql, psql_refused, written
from runner.engines import params

PARTED = """
CREATE TABLE t (id integer PRIMARY KEY, n text[], v integer) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (3);
CREATE TABLE high PARTITION OF t FOR VALUES FROM (3) TO (10) PARTITION BY RANGE (id);
CREATE TABLE high_most PARTITION OF high FOR VALUES FROM (4) TO (9);
"""
PARTED_ROWS = "INSERT INTO t VALUES (1, '{a}', 1), (4, '{b,c}', 2), (5, NULL, NULL)"
PARTED_QUERY = """SELECT id, n FROM t ORDER BY id;
    SELECT indexrelid::regclass FROM pg_index
    WHERE indrelid = 'high_most'::regclass AND NOT indisprimary
    ORDER BY indexrelid::regclass::text"""


def parted(one="USING gin (n)", *names):
    return PARTED + f"CREATE INDEX one ON t {one};\n" * bool(one) + "".join(
        f"CREATE INDEX {name} ON t USING gin (n);\n" for name in names)


# New partitions with names of their own for parts of what stands, and one level below.
BRINGING = """
CREATE TABLE more PARTITION OF t (CONSTRAINT odd CHECK (v > 0))
    FOR VALUES FROM (10) TO (20);
CREATE UNIQUE INDEX more_own ON more (v);
CREATE INDEX more_n ON more USING gin (n);
COMMENT ON INDEX more_n IS 'n';
CREATE TABLE most PARTITION OF t FOR VALUES FROM (20) TO (30) PARTITION BY RANGE (id);
CREATE TABLE utmost PARTITION OF most FOR VALUES FROM (20) TO (25);
CREATE INDEX utmost_n ON utmost USING gin (n);
"""
BRINGING_QUERY = """SELECT count(*) FROM t;
    SELECT indexrelid::regclass FROM pg_index
    WHERE indrelid IN ('more'::regclass, 'most'::regclass, 'utmost'::regclass)
        AND NOT indisprimary
    ORDER BY indexrelid::regclass::text"""


KEYED = """
CREATE TABLE k (id serial, v integer) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF k FOR VALUES FROM (MINVALUE) TO (3);
{}
CREATE UNIQUE INDEX one ON k (id, v);
"""


# name: (old declarations, new declarations, rows, query, its answer)
CHANGES = {
    "a new partition": (
        PARTED + "CREATE INDEX one ON t USING gin (n);",
        PARTED + BRINGING + "CREATE INDEX one ON t USING gin (n);", PARTED_ROWS,
        BRINGING_QUERY, "3\nmore_n\nmore_own\nmost_n_idx\nutmost_n\n"),
    "a new partition beside the default one": (
        PARTED + "CREATE TABLE rest PARTITION OF t DEFAULT;"
        "CREATE INDEX one ON t USING gin (n);",
        PARTED + "CREATE TABLE rest PARTITION OF t DEFAULT;" + BRINGING
        + "CREATE INDEX one ON t USING gin (n);",
        PARTED_ROWS + "; INSERT INTO t VALUES (77, '{d}', 3)",
        BRINGING_QUERY, "4\nmore_n\nmore_own\nmost_n_idx\nutmost_n\n"),
    "a new partition with a key of its own": (
        KEYED.format(""),
        KEYED.format("CREATE TABLE more PARTITION OF k (PRIMARY KEY (id, v))"
                     " FOR VALUES FROM (3) TO (9);"),
        "INSERT INTO k VALUES (1, 1), (2, NULL)",
        """SELECT count(*) FROM k; SELECT indexrelid::regclass, indisprimary FROM pg_index
           WHERE indrelid = 'more'::regclass""", "2\nmore_pkey|t\n"),
    "a new partition and a new index": (
        PARTED, PARTED + BRINGING + "CREATE INDEX one ON t USING gin (n);", PARTED_ROWS,
        BRINGING_QUERY, "3\nmore_n\nmore_own\nmost_n_idx\nutmost_n\n"),
    "one of two": (
        parted("USING gin (n)", "two"), parted("", "two"), PARTED_ROWS, PARTED_QUERY,
        "1|{a}\n4|{b,c}\n5|\nhigh_most_n_idx\n"),
    "one of three": (
        parted("USING gin (n)", "two", "three"), parted("", "two", "three"), PARTED_ROWS,
        PARTED_QUERY, "1|{a}\n4|{b,c}\n5|\nhigh_most_n_idx\nhigh_most_n_idx1\n"),
    "one of two becomes another": (
        parted("USING gin (n)", "two"), parted("(v)", "two"), PARTED_ROWS, PARTED_QUERY,
        "1|{a}\n4|{b,c}\n5|\nhigh_most_n_idx\nhigh_most_v_idx\n"),
}


# Keys of partitions beside, or as, those of the whole, and a sequence that they share.
KEYS = """
CREATE TABLE k (foo integer, bar integer, "No" serial, UNIQUE (foo, bar))
    PARTITION BY LIST (foo);
CREATE TABLE k1 PARTITION OF k (PRIMARY KEY (foo, bar)) FOR VALUES IN (1);
CREATE TABLE k2 PARTITION OF k (CONSTRAINT named UNIQUE (foo, bar)) FOR VALUES IN (2);
CREATE TABLE k3 (foo integer, "No" integer NOT NULL DEFAULT nextval('"k_No_seq"'),
    bar integer, PRIMARY KEY (foo, bar));
ALTER TABLE k ATTACH PARTITION k3 FOR VALUES IN (3);
CREATE TABLE k4 (foo integer, bar integer, "No" serial);
ALTER TABLE k ATTACH PARTITION k4 FOR VALUES IN (4);
"""


def test_keys_of_partitions(env):
    """All of them are valid, made from the declaration as from the statements."""
    path = written(env, "keys.sql", KEYS)
    raw, made = loaded(env, KEYS), created(env, path)
    env.same_schema(made, raw)
    for url in (raw, made):
        check_equal(env, url, path)
        env.equal(psql(env, url, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"),
                  "0\n", "invalid indexes")
        psql(env, url, "INSERT INTO k VALUES (1, 1), (2, 1), (3, 1);"
                       "INSERT INTO k3 (foo, bar) VALUES (3, 2);"
                       "INSERT INTO k4 (foo) VALUES (4)")
        psql_refused(env, url, "INSERT INTO k VALUES (3, 1)", "k3_pkey")
        env.equal(psql(env, url, 'SELECT "No" FROM k ORDER BY foo, "No"'),
                  "1\n2\n3\n4\n1\n", "numbers")


def changed(env, name, *flags):
    """(url of a database that was changed with rows in it, the new declarations)"""
    old, new, rows, _, _ = CHANGES[name]
    url = loaded(env, old)
    psql(env, url, rows)
    pair = written(env, "old.sql", old), written(env, "new.sql", new)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", *flags,
                          *pair))
    return url, pair[1]


def check_equal(env, url, path):
    env.equal(env.ok("diff", "--dialect", "postgres", "--exit-code", url, path), "",
              "a second diff")


@params(*[(name, way) for name in CHANGES for way in ("--offline", "--online")])
def test_parts_end_where_they_should(env, name, way):
    _, new, _, query, answer = CHANGES[name]
    url, path = changed(env, name, way)
    env.same_schema(url, loaded(env, new), column_order=False)
    check_equal(env, url, path)
    env.equal(psql(env, url, query), answer, "rows and parts")


@params(*CHANGES)
def test_and_back(env, name):
    """Of two that are alike the parts have the names, each perhaps the other's."""
    url, path = changed(env, name)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", "--down",
                          env.dir / "old.sql", path))
    check_equal(env, url, env.dir / "old.sql")
    if not name.startswith("one of "):
        env.same_schema(url, loaded(env, CHANGES[name][0]), column_order=False)


@params(*CHANGES)
def test_from_what_the_server_tells(env, name):
    old, new, rows, query, answer = CHANGES[name]
    url, path = loaded(env, old), written(env, "new.sql", new)
    psql(env, url, rows)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", url, path))
    env.same_schema(url, loaded(env, new), column_order=False)
    env.equal(psql(env, url, query), answer, "rows and parts")


CROSSED = """-- @schema lot
CREATE DOMAIN small AS {base} CHECK (VALUE > 0);
CREATE TABLE t (id integer PRIMARY KEY, n small, other date) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (3);
CREATE TABLE high PARTITION OF t DEFAULT;
{few}
CREATE INDEX many ON t (n);
"""
FEW = "CREATE INDEX few ON t (n) WHERE n IS NOT NULL;"
WHOLES = """SELECT i.inhrelid::regclass, i.inhparent::regclass FROM pg_inherits AS i
    JOIN pg_index AS x ON x.indexrelid = i.inhrelid
    WHERE NOT x.indisprimary ORDER BY x.indexrelid::regclass::text"""


@params("--offline", "--online")
def test_names_that_the_server_would_cross(env, way):
    """Left alone the part of one index were made anew under the name that the part of the
    other one had, and a later version would find none of its own."""
    (env.dir / "lot").mkdir()
    written(env, "lot/1.0.0.sql", CROSSED.format(base="integer", few=FEW))
    written(env, "lot/2.0.0.sql", CROSSED.format(base="numeric(7, 0)", few=FEW))
    written(env, "lot/3.0.0.sql", CROSSED.format(base="numeric(7, 0)", few=""))
    where = ("--database", env.postgres(), "lot")
    env.ok("migrate", "to", "1.0.0", *where)
    psql(env, where[1], "INSERT INTO t SELECT n, nullif(n, 4) FROM generate_series(1, 9)"
                        " AS n")
    before = psql(env, where[1], WHOLES)
    for version in ("2.0.0", "1.0.0", "2.0.0"):
        env.ok("migrate", "to", version, way, "--allow", "all", *where)
        env.check("equals it" in env.ok("migrate", "verify", *where), version)
        env.equal(env.ok("diff", "-q", "--exit-code", where[1], f"lot@{version}"), "",
                  "a second diff")
        env.equal(psql(env, where[1], WHOLES), before, "parts")
        psql_refused(env, where[1], "INSERT INTO t VALUES (10, 0)", "small_check")
    env.ok("migrate", "to", "3.0.0", way, "--allow", "all", *where)
    env.check("equals it" in env.ok("migrate", "verify", *where), "without few")
    env.equal(psql(env, where[1], "SELECT count(*), sum(n) FROM t"), "9|41\n", "rows")
