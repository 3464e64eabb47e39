"""What @from and @back give is asked for on PostgreSQL before anything is changed, where
the column takes no NULL or a new condition is about it: in one transaction, and for
tables in use, where earlier steps would stand."""

import json
import re
from pathlib import Path

from runner.databases import psql, written
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


DATA_STEP = "\n-- @migrate\nUPDATE t SET b = coalesce(b, 'z');\n-- @end\n"
# The added column, and whether the data step comes in time for a NULL.
BEFORE_A_DATA_STEP = {
    "b text NOT NULL DEFAULT 'd'": False,
    "b text NOT NULL": True,
    "b text": True,
}


@params(*((column, dialect) for column in BEFORE_A_DATA_STEP
          for dialect in ("postgres", "sqlite")))
def test_what_no_data_step_can_mend(env, column, dialect):
    """A column with a default is NOT NULL before the step runs: asked for before."""
    old = "CREATE TABLE t (id integer PRIMARY KEY, a text"
    folder = SHOP.make_shop(env, {
        "1.0.0": f"{old});\n", "1.1.0": f"{old},\n-- @from a\n{column});{DATA_STEP}"})
    url = env.postgres() if dialect == "postgres" else f"sqlite:{env.dir}/app.db"

    def ask(sql):
        if dialect == "postgres":
            return psql(env, url, sql)
        return env.run("sqlite3", "-bail", env.dir / "app.db", sql).out

    SHOP.must(env, folder, url, "to", "1.0.0")
    ask("INSERT INTO t VALUES (1, 'x'), (2, NULL);")
    if not BEFORE_A_DATA_STEP[column]:
        words = "@from gives NULL for t.b" if dialect == "postgres" else "t.b holds NULL"
        SHOP.failed(env, 3, words, SHOP.migrate(env, folder, url, "up"))
        env.equal(ask("SELECT * FROM t ORDER BY id;"), "1|x\n2|\n", "rows")
        ask("UPDATE t SET a = 'z' WHERE a IS NULL;")
    SHOP.must(env, folder, url, "up")
    env.equal(ask("SELECT id, b FROM t ORDER BY id;"), "1|x\n2|z\n", "values")
    SHOP.verified(env, folder, url, "1.1.0")


# Keys and checks that stand, over values that change; a row that is in the way of each.
STANDING = {
    "UNIQUE (n)": ("n bigint, -- @from n / 2", "(2, 'b', 1)", "t (n) holds duplicates"),
    "CHECK (n < 9)": ("n bigint, -- @from n * 2", "(2, 'b', 5)",
                      "t holds a row that breaks t_n_check"),
    "PRIMARY KEY (n)": ("n bigint, -- @from n / 2", "(2, 'b', 1)",
                        "t (n) holds duplicates"),
    "g integer GENERATED ALWAYS AS (n + 1) STORED UNIQUE": (
        "n bigint, -- @from n / 2", "(2, 'b', 1)", "t (g) holds duplicates"),
    "FOREIGN KEY (n) REFERENCES seen (id)": (
        "n bigint, -- @from n - 1", "(2, 'b', 2)",
        "t holds a row without its parent in seen"),
    "CHECK (id > 0)); CREATE UNIQUE INDEX ix ON t (name, n": (
        "n bigint, -- @from n / 2", "(2, 'a', 1)", "t (name, n) holds duplicates"),
}


@params(*STANDING)
def test_what_stands_on_sqlite(env, rule):
    """The rows satisfied it with the values that they had."""
    column, row, words = STANDING[rule]
    base = ("CREATE TABLE seen (id integer PRIMARY KEY);"
            "CREATE TABLE t (id integer NOT NULL, name text,\n{0}\n{1});\n")
    folder = SHOP.make_shop(env, {"1.0.0": base.format("n integer,", rule),
                                  "1.1.0": base.format(column, rule)})
    path = env.dir / "app.db"
    SHOP.must(env, folder, f"sqlite:{path}", "to", "1.0.0")
    env.sqlite_script(path, "INSERT INTO seen VALUES (-1), (0), (2);"
                            "INSERT INTO t (id, name, n) VALUES (1, 'a', 0);"
                            f"INSERT INTO t (id, name, n) VALUES {row};")
    said = SHOP.migrate(env, folder, f"sqlite:{path}", "up", "--allow", "all")
    SHOP.failed(env, 3, words, said)
    env.equal(len(env.query(path, "SELECT * FROM t")), 2, "rows")
    env.sqlite_script(path, "DELETE FROM t WHERE id = 2;")
    SHOP.must(env, folder, f"sqlite:{path}", "up", "--allow", "all")
    SHOP.verified(env, folder, f"sqlite:{path}", "1.1.0")
    env.equal(len(env.query(path, "SELECT * FROM t")), 1, "rows")


@params("'x'", "lower('X')", "1 + 1")
def test_a_default_makes_rows_alike_on_sqlite(env, default):
    table = "CREATE TABLE t (id bigint PRIMARY KEY{});\n"
    folder = SHOP.make_shop(env, {
        "1.0.0": table.format(""),
        "1.1.0": table.format(f", a text DEFAULT ({default}) UNIQUE")})
    url = f"sqlite:{env.dir}/app.db"
    SHOP.must(env, folder, url, "to", "1.0.0")
    env.sqlite_script(env.dir / "app.db", "INSERT INTO t VALUES (1), (2);")
    SHOP.failed(env, 3, "t (a) holds duplicates", SHOP.migrate(env, folder, url, "up"))
    env.sqlite_script(env.dir / "app.db", "DELETE FROM t WHERE id = 2;")
    SHOP.must(env, folder, url, "up")
    env.equal(len(env.query(env.dir / "app.db", "SELECT a FROM t")), 1, "rows")


# Conditions over what is computed: the new declarations, a row that is in the way, what
# is asked, and what is there once it is gone.
CONDITIONS = {
    "unique": ("""CREATE TABLE t (id integer PRIMARY KEY,
        code text NOT NULL, -- @from lower(word)
        n integer, UNIQUE (code));""",
               "(2, 'A', 2)", "t has rows that are alike (t_code_key)", "1|1|a\n"),
    "index": ("""CREATE TABLE t (id integer PRIMARY KEY,
        -- @was word
        -- @from length(word)
        long integer, n integer);
        CREATE UNIQUE INDEX ix ON t (long) WHERE n > 0;""",
              "(2, 'b', 2)", "t has rows that are alike (ix)", "1|1|1\n"),
    "check": ("""CREATE TABLE t (id integer PRIMARY KEY, word text, n integer,
        twice integer, -- @from n * 2
        CHECK (twice < 4));""",
              "(2, 'b', 2)", "t has rows that break the check (t_twice_check)",
              "1|a|1|2\n"),
    "check of a default": ("""CREATE TABLE t (id integer PRIMARY KEY, word text,
        n integer, most integer DEFAULT 3, CHECK (n < most));""",
                           "(2, 'b', 5)", "t has rows that break the check (t_check)",
                           "1|a|1|3\n"),
    "check of what has no value": ("""CREATE TABLE t (id integer PRIMARY KEY, word text,
        n integer, m integer, CHECK (n < 2 OR m IS NOT NULL));""",
                                   "(2, 'b', 5)",
                                   "t has rows that break the check (t_check)",
                                   "1|a|1|\n"),
    "check of a generated column": ("""CREATE TABLE t (id integer PRIMARY KEY, word text,
        n integer, more bigint GENERATED ALWAYS AS (n + 1) STORED, CHECK (more < 3));""",
                                    "(2, 'b', 2)",
                                    "t has rows that break the check (t_more_check)",
                                    "1|a|1|2\n"),
    "filled where it is NULL": ("""CREATE TABLE t (id integer PRIMARY KEY, word text,
        n integer NOT NULL, -- @from 1
        UNIQUE (n));""",
                                "(2, 'b', NULL)", "t has rows that are alike (t_n_key)",
                                "1|a|1\n"),
    "foreign key": ("""CREATE TABLE t (id integer PRIMARY KEY, word text,
        n integer, s bigint REFERENCES seen); -- @from n - 1
        """,
                    "(2, 'b', 9)", "t has rows that refer to nothing (t_s_fkey)",
                    "1|a|1|0\n"),
    "table and columns called otherwise": ("""-- @was t
        CREATE TABLE things (id integer PRIMARY KEY,
        -- @was word
        name text, n integer, CONSTRAINT named CHECK (things.name <> 'b'),
        s integer, -- @from n - 1
        CONSTRAINT known FOREIGN KEY (s) REFERENCES seen);""",
                                           "(2, 'b', 1)",
                                           "t has rows that break the check (named)",
                                           "1|a|1|0\n"),
    "too long a text": ("""CREATE TABLE t (id integer PRIMARY KEY, n integer,
        word varchar(3)); -- @from 'x' || word
        """,
                        "(2, 'abc', 1)", "@from gives too long a text for t.word",
                        "1|1|xa\n"),
    "a key and an index that stand": ("""CREATE TABLE t (id integer PRIMARY KEY,
        word text, n bigint, -- @from n / 2
        CONSTRAINT one UNIQUE (n), CONSTRAINT more CHECK (n < 9));
        CREATE UNIQUE INDEX ix ON t (word, (n + 1));""",
                                      "(2, 'a', 0)", "t has rows that are alike (one)",
                                      "1|a|0\n"),
    "a check that stands": ("""CREATE TABLE t (id integer PRIMARY KEY, word text,
        n bigint, -- @from n * 2
        CONSTRAINT few CHECK (n < 9));""",
                            "(2, 'b', 5)", "t has rows that break the check (few)",
                            "1|a|2\n"),
    "domain": ("""CREATE DOMAIN few AS integer CONSTRAINT least CHECK (VALUE < 9);
        CREATE TABLE t (id integer PRIMARY KEY, word text, n few);""",
               "(2, 'b', 9)", "t.n holds what its domain refuses (least)", "1|a|1\n"),
    "domain without NULL": ("""CREATE DOMAIN few AS integer NOT NULL;
        CREATE TABLE t (id integer PRIMARY KEY, word text, n few);""",
                            "(2, 'b', NULL)",
                            "t.n holds NULL, which its domain refuses", "1|a|1\n"),
}

ALL = ("--allow", "all")


@params(*((name, way) for name in CONDITIONS for way in ("--offline", "--online")))
def test_conditions_over_what_is_computed(env, name, way):
    new, row, words, left = CONDITIONS[name]
    seen = "CREATE TABLE seen (id bigint PRIMARY KEY);"
    n = "few" if "DOMAIN" in new else "integer"
    domain = "CREATE DOMAIN few AS integer;" if n == "few" else ""
    old = (f"{domain}{seen}"
           f"CREATE TABLE t (id integer PRIMARY KEY, word text, n {n});")
    if "that stand" in name:
        old = seen + re.sub("-- @.*", "", new).replace("bigint", "integer")
    if "REFERENCES seen)" in new:
        seen, old = seen.replace("bigint", "integer"), old.replace("bigint", "integer")
    url = env.postgres()
    folder = SHOP.make_shop(env, {"1.0.0": old, "1.1.0": seen + "\n" + new})
    table = "things" if "things" in new else "t"
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, "INSERT INTO seen VALUES (0);"
                   f"INSERT INTO t VALUES (1, 'a', 1), {row}")
    before = psql(env, url, "SELECT * FROM t ORDER BY id")
    SHOP.failed(env, 3, words, SHOP.migrate(env, folder, url, "up", way, *ALL))
    env.equal(psql(env, url, "SELECT * FROM t ORDER BY id"), before, "the rows")
    status = SHOP.status(env, folder, url)
    env.check("stands" not in status and status["version"] == "1.0.0", str(status))
    psql(env, url, "DELETE FROM t WHERE id = 2")
    SHOP.must(env, folder, url, "up", way, *ALL)
    SHOP.verified(env, folder, url, "1.1.0")
    there = psql(env, url, f"SELECT * FROM {table}")  # a copied column is the last
    env.equal(*(sorted(row.strip().split("|")) for row in (there, left)), "value")


# Values that a change of type alone makes one, or takes out of a rule that stands: the
# type before and after, two values, the rule, and what is asked.
ALIKE = {
    "numbers that are rounded": ("numeric(6,2)", "numeric(6,0)", "1.2", "1.4",
                                 "UNIQUE (v)", "t has rows that are alike (t_v_key)"),
    "texts of one number": ("text", "integer", "'3'", "'03'", "UNIQUE (v)",
                            "t has rows that are alike (t_v_key)"),
    "moments of one day": ("timestamp", "date", "'2024-01-02 03:04'",
                           "'2024-01-02 04:05'", "UNIQUE (v)",
                           "t has rows that are alike (t_v_key)"),
    "spellings of true": ("text", "boolean", "'t'", "'yes'",
                          "CHECK (id > 0)); CREATE UNIQUE INDEX ix ON t (v",
                          "t has rows that are alike (ix)"),
    "a number that is rounded up": ("numeric(6,2)", "numeric(6,0)", "1.2", "8.7",
                                    "CHECK (v < 9)",
                                    "t has rows that break the check (t_v_check)"),
}


@params(*((name, way) for name in ALIKE for way in ("--offline", "--online")))
def test_rules_that_stand_over_another_type(env, name, way):
    old, new, stays, goes, rule, words = ALIKE[name]
    table = "CREATE TABLE t (id integer PRIMARY KEY, v {0}, {1});"
    folder, url = SHOP.make_shop(env, {"1.0.0": table.format(old, rule),
                                       "1.1.0": table.format(new, rule)}), env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, f"INSERT INTO t VALUES (1, {stays}), (2, {goes}), (3, NULL)")
    SHOP.failed(env, 3, words, SHOP.migrate(env, folder, url, "up", way, *ALL))
    status = SHOP.status(env, folder, url)
    env.check("stands" not in status and status["version"] == "1.0.0", str(status))
    psql(env, url, "DELETE FROM t WHERE id = 2")
    SHOP.must(env, folder, url, "up", way, *ALL)
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, "SELECT count(v), count(*) FROM t"), "1|2\n", "rows")


@params(*((key, way) for key in ("UNIQUE (id)", "PRIMARY KEY (id)", "CHECK (id > 0)")
          for way in ("--offline", "--online")))
def test_keys_of_a_table_that_becomes_a_partition(env, key, way):
    """The whole has the key, or a unique index, and nobody asked about these rows."""
    index = "CREATE UNIQUE INDEX ix ON t (id);\n" if key.startswith("CHECK") else ""
    whole = (f"CREATE TABLE t (id integer NOT NULL, v text, {key})"
             f" PARTITION BY RANGE (id);\n{index}"
             "CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (5);\n")
    part = ("CREATE TABLE high (id integer NOT NULL, v text);",
            "CREATE TABLE high PARTITION OF t FOR VALUES FROM (5) TO (MAXVALUE);")
    folder = SHOP.make_shop(env, {"1.0.0": whole + part[0], "1.1.0": whole + part[1]})
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, "INSERT INTO t VALUES (1, 'a'); INSERT INTO high VALUES (7, 'b'),"
                   " (7, 'c')")
    done = SHOP.migrate(env, folder, url, "up", way)
    SHOP.failed(env, 3, "high has rows that are alike", done)
    status = SHOP.status(env, folder, url)
    env.check("stands" not in status and status["version"] == "1.0.0", str(status))
    psql(env, url, "DELETE FROM high WHERE v = 'c'")
    SHOP.must(env, folder, url, "up", way)
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, "SELECT id, v FROM t ORDER BY id"), "1|a\n7|b\n", "rows")


# Checks that name types which are not there before: (types before, types after, the new
# column, the check; the code, and what is said where the row without an amount is there).
KINDS = "CREATE TYPE kind AS ENUM ('low', 'high', 'all');"
BEFOREHAND = (3, "t has rows that break the check (c)")
BY_THE_SERVER = (4, 'check constraint "c" of relation "t" is violated by some row')
UNSAID = {
    "a new enum": ("", KINDS, "k kind NOT NULL DEFAULT 'low'::kind",
                   "k <> 'low'::kind OR amount IS NOT NULL", *BEFOREHAND),
    "a new enum without a cast": ("", KINDS, "k kind DEFAULT 'low'",
                                  "k IN ('high', 'all') OR amount IS NOT NULL",
                                  *BEFOREHAND),
    "the order of a new enum": ("", KINDS, "k kind NOT NULL DEFAULT 'high'",
                                "k < 'all'::kind AND amount IS NOT NULL",
                                *BY_THE_SERVER),
    "the order of an enum": (KINDS, KINDS, "k kind NOT NULL DEFAULT 'high'",
                             "k < 'all'::kind AND amount IS NOT NULL", *BEFOREHAND),
    "a new domain": ("", "CREATE DOMAIN small AS integer;", "k integer",
                     "amount::small IS NOT NULL", *BEFOREHAND),
    "an enum of another name": (KINDS, "-- @was kind\n" + KINDS.replace("kind", "sort"),
                                "k integer", "(CASE WHEN amount IS NULL THEN 'low'"
                                " ELSE 'high' END)::sort > 'low'::sort",
                                *BY_THE_SERVER),
    "a new composite type": ("", "CREATE TYPE pair AS (x integer, y integer);",
                             "k integer", "(ROW(amount, 1)::pair).x IS NOT NULL",
                             *BY_THE_SERVER),
}


@params(*((name, way) for name in UNSAID for way in ("--offline", "--online")))
def test_types_that_are_not_there_before(env, name, way):
    """What cannot be said is not asked; a new label is a text until then."""
    types, later, column, check, code, words = UNSAID[name]
    table = "CREATE TABLE t (id integer PRIMARY KEY, amount integer{});\n"
    folder = SHOP.make_shop(env, {
        "1.0.0": f"{types}\n{table.format('')}",
        "1.1.0": f"{later}\n"
                 + table.format(f", {column}, CONSTRAINT c CHECK ({check})")})
    url = env.postgres()
    SHOP.must(env, folder, url, "to", "1.0.0")
    psql(env, url, "INSERT INTO t VALUES (1, 5), (2, NULL)")
    SHOP.failed(env, code, words, SHOP.migrate(env, folder, url, "up", way))
    psql(env, url, "DELETE FROM t WHERE id = 2")
    SHOP.must(env, folder, url, "up", way)
    SHOP.verified(env, folder, url, "1.1.0")
    env.equal(psql(env, url, "SELECT count(*) FROM t"), "1\n", "rows")


# Texts that are taken as values of the type, and what comes back of them.
SPELT = {
    ("postgres", "integer"): (["3", "03", " 4", None], ["3", "3", "4", None]),
    ("postgres", "numeric(6,2)"): (["1.50", "2"], ["1.50", "2.00"]),
    ("postgres", "boolean"): (["true", "t", "off"], ["true", "true", "false"]),
    ("postgres", "uuid"): (["6F5902AC-237F-4C7F-8D0E-4C2A8F6C5A11"],
                           ["6f5902ac-237f-4c7f-8d0e-4c2a8f6c5a11"]),
    ("postgres", "date"): (["2024-01-02", "Jan 3, 2024"], ["2024-01-02", "2024-01-03"]),
    ("sqlite", "numeric(6,2)"): (["1.50", "2", "-007.5", None],
                                 ["1.50", "2.00", "-7.50", None]),
    ("sqlite", "real"): (["1.5", "2.50"], ["1.5", "2.5"]),
    ("sqlite", "boolean"): (["true", "no", "false"], ["true", "false", "false"]),
}


@params(*SPELT)
def test_texts_that_come_back_as_others(env, dialect, new):
    """The label says so, and counts them; --keep gives them back."""
    texts, back = SPELT[dialect, new]
    for version, column in (("1.0.0", "text"), ("2.0.0", new)):
        written(env, f"{version}.sql", "-- @schema lot\n"
                f"CREATE TABLE t (id bigint PRIMARY KEY, v {column});")
    pair = ("--dialect", dialect, "1.0.0.sql", "2.0.0.sql")
    rows = "".join(f"INSERT INTO t VALUES ({n}, "
                   + ("NULL" if text is None else f"'{text}'") + ");"
                   for n, text in enumerate(texts))
    plan = json.loads(env.ok("plan", "-q", "--format", "json", *pair))["plans"][0]
    env.equal((plan["way_back"]["label"], len(plan["missing"])), ("lossy", 1), "label")
    count = sum(one != other for one, other in zip(texts, back))

    def moved(*args):
        url, path = env.postgres(), env.dir / f"{len(args)}.db"

        def ask(sql):
            if dialect == "postgres":
                return psql(env, url, sql)
            return env.run("sqlite3", "-bail", path, stdin=sql).out

        ask(env.ok("ddl", "-q", "--dialect", dialect, "1.0.0.sql") + rows)
        env.equal(ask(plan["missing_at_stake"][0] + ";").strip(), str(count), "how many")
        for way in ((), ("--down",)):
            ask(env.ok("diff", "-q", *args, *way, *pair))
        found = ask("SELECT coalesce(v, 'NULL') FROM t ORDER BY id;").splitlines()
        return [None if text == "NULL" else text for text in found]

    env.equal(moved(), back, "what comes back")
    env.equal(moved("--keep"), texts, "what was kept")


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
