"""How much a change loses: the queries that a plan gives for it count the rows, on both
engines, whose values are other ones afterwards.

Values that the server rounds without a word are a hazard with a count.  What @from and
@map write anew, what fills NULLs and what is dropped is counted before the way up; on
the way back it is gone, and the plan says so without a count.
"""

import json

from runner.databases import Shell, loaded, psql, written
from runner.engines import params

ENGINES = params("sqlite", "postgres")

# table: (type, type that has less, values, how many of them become others)
ROUNDED = {
    "double_to_integer": ("double precision", "integer", ("1.5", "2", "NULL"), 1),
    "double_to_real": ("double precision", "real", ("0.1", "0.5", "1.3"), 2),
    "double_to_numeric": ("double precision", "numeric",
                          ("0.30000000000000004", "0.5"), 1),
    "real_to_numeric": ("real", "numeric", ("16777215", "0.5"), 1),
    "bigint_to_double": ("bigint", "double precision", ("9007199254740993", "5"), 1),
    "integer_to_real": ("integer", "real", ("16777217", "5", "NULL"), 1),
    "integer_to_boolean": ("integer", "boolean", ("2", "1", "0", "-1", "NULL"), 2),
    "numeric_to_fewer": ("numeric(10,4)", "numeric(10,2)", ("1.2345", "1.23"), 1),
    "numeric_to_integer": ("numeric", "integer", ("1.2", "7.8", "1"), 2),
    "numerics_to_integers": ("numeric[]", "integer[]", ("'{1,2.5}'", "'{3}'"), 1),
    "moment_to_date": ("timestamp", "date", ("'2024-01-01 10:00'", "'2024-01-01'"), 1),
    "zoned_to_date": ("timestamptz", "date", ("now()", "'2024-01-01'"), 1),
    "moment_to_time": ("timestamptz(0)", "timestamp(0)", ("now()",), 0),
    "moment_to_millis": ("timestamp", "timestamp(3)",
                         ("'2024-01-01 10:00:00.123456'", "'2024-01-01 10:00:00.5'"), 1),
    "time_to_seconds": ("time", "time(0)", ("'10:00:00.5'", "'10:00'"), 1),
    "interval_to_seconds": ("interval", "interval(0)", ("'1.5 seconds'", "'1 day'"), 1),
    "interval_to_time": ("interval", "time", ("'25:00'", "'1:00'"), 1),
}


def rounded_tables(side):
    return "".join(f"CREATE TABLE {name} (id integer PRIMARY KEY, v {row[side]});\n"
                   for name, row in ROUNDED.items())


def plan_of(env, *words):
    text = env.ok("plan", "-q", "--format", "json", "--allow", "all", *words)
    return json.loads(text)["plans"][0]


def values(env, url, side):
    """The values of each table, as the type that has more."""
    return {name: psql(env, url, f"SELECT CAST(v AS {row[side]}) FROM {name} ORDER BY id")
            .splitlines() for name, row in ROUNDED.items()}


def test_values_that_are_rounded(env):
    url = loaded(env, rounded_tables(0))
    for name, (_, _, some, _) in ROUNDED.items():
        rows = ", ".join(f"({i}, {value})" for i, value in enumerate(some))
        psql(env, url, f"INSERT INTO {name} VALUES {rows}")
    old, new = (written(env, f"{side}.sql", rounded_tables(side)) for side in (0, 1))
    plan = plan_of(env, "--dialect", "postgres", old, new)
    told = {step["loses"].split()[-1].split(".")[0]: psql(env, url, step["at_stake"])
            for step in plan["steps"] if step["at_stake"] is not None}
    expected = {name: row[3] for name, row in ROUNDED.items()}
    env.equal(told, {name: f"{n}\n" for name, n in expected.items()
                     if name != "moment_to_time"}, "told")
    before = values(env, url, 0)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", old, new))
    after = values(env, url, 0)
    found = {name: sum(one != other for one, other in zip(before[name], after[name]))
             for name in ROUNDED}
    env.equal(found, expected, "rows that have another value")


def test_the_way_back_rounds(env):
    """The way up has room for all; what is written then has none on the way back."""
    old, new = (written(env, f"{side}.sql", rounded_tables(side)) for side in (1, 0))
    way_back = plan_of(env, "--dialect", "postgres", old, new)["way_back"]
    env.equal(way_back["label"], "lossy", "label")
    env.equal(sorted(way_back["loses"]),
              sorted(f"the digits of {name}.v that the old type has not"
                     for name in ROUNDED if name != "moment_to_time"), "told")


OLD = """-- @schema lost
CREATE TYPE mood AS ENUM ('low', 'middle', 'high');
CREATE TABLE t (
    id INTEGER PRIMARY KEY,
    a TEXT,
    m mood,
    txt TEXT,
    gone TEXT
);
CREATE TABLE old (id INTEGER PRIMARY KEY);
"""
NEW = """-- @schema lost
-- @map 'middle' = 'high'
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (
    id INTEGER PRIMARY KEY,
    a TEXT NOT NULL, -- @from coalesce(a, 'x')
    m mood,
    txt INTEGER -- @from length(txt)
);
"""
ROWS = """INSERT INTO t VALUES (1, 'a', 'low', NULL, NULL),
    (2, NULL, 'middle', NULL, NULL), (3, NULL, 'high', 'four', NULL),
    (4, 'x', 'middle', NULL, 'g'),
    (5, 'e', NULL, NULL, NULL), (6, NULL, 'low', NULL, 'g');
INSERT INTO old VALUES (1), (2);"""
# What is taken, and of how many rows.
TAKEN = {
    "postgres": {"the values of type mood that @map replaces": "2",
                 "the NULLs of t.a": "3", "the values of t.txt, t.gone": "3",
                 "the rows of old": "2"},
    "sqlite": {"the values of t.a, t.m, t.txt, t.gone": "4", "the rows of old": "2"},
}


def asked(env, shell, plan):
    queries = plan["missing_at_stake"]
    env.equal(len(queries), len(plan["missing"]), "a query for each")
    return {what: query and shell.ok(query + ";").strip()
            for what, query in zip(plan["missing"], queries)}


@ENGINES
def test_values_that_are_written_anew(env, engine):
    folder, shell = env.dir / "lost", Shell(env, engine)
    folder.mkdir()
    (folder / "1.0.0.sql").write_text(OLD)
    (folder / "2.0.0.sql").write_text(NEW)
    env.ok("migrate", "to", "1.0.0", folder, "--database", shell.at)
    shell.ok(ROWS)
    ends = f"{folder}@1.0.0", f"{folder}@2.0.0"
    up = plan_of(env, "--dialect", engine, *ends)
    env.equal(up["way_back"]["label"], "lossy", "the way back")
    env.equal(asked(env, shell, up), TAKEN[engine], "before the way up")
    env.ok("migrate", "up", folder, "--database", shell.at, "--allow", "data-loss")
    env.equal(shell.ok("SELECT id, a, m FROM t ORDER BY id;"),
              "1|a|low\n2|x|high\n3|x|high\n4|x|high\n5|e|\n6|x|low\n", "then")
    # The way back: txt is a text again, whatever it was; nothing counts what is gone.
    down = plan_of(env, "--dialect", engine, "--down", *ends)
    env.equal(down["label"], "lossy", "label")
    env.equal(asked(env, shell, down), {what: None for what in TAKEN[engine]}, "gone")
    status = env.schemac("migrate", "status", folder, "--database", shell.at).out
    for what in TAKEN[engine]:
        env.check(f"missing:  {what}\n" in status, status)


def test_blanks_at_the_end_are_values(env):
    """The server would cut them for a shorter varchar: rows that have some stop it."""
    text = "CREATE TABLE t (id integer PRIMARY KEY, v {});"
    old = written(env, "old.sql", text.format("varchar(5)"))
    new = written(env, "new.sql", text.format("varchar(2)"))
    url = loaded(env, text.format("varchar(5)"))
    psql(env, url, "INSERT INTO t VALUES (1, 'ab'), (2, 'c  ')")
    query = plan_of(env, "--dialect", "postgres", old, new)["steps"][0]["preconditions"]
    env.equal(psql(env, url, query[0]["query"]), "2|c  \n", "rows that stop it")
