"""Expressions and queries mean to a PostgreSQL server what they mean to schemac."""

import re

from runner.databases import psql, try_psql

PAIR = re.compile(r'^    \{ "(.*)", "(.*)" \},$', re.MULTILINE)
TABLE = re.compile(r'#define TABLE(.*?);"', re.DOTALL)
# PostgreSQL shows no length of an expression, and says some types in other words.
WORDS = {"timestamp": "timestamp without time zone",
         "timestamptz": "timestamp with time zone"}

PAIRS_MIN = 127   # how many expressions there are to ask about
VIEWS_MIN = 94    # and views, of which the server
TAKEN_MIN = 75    # takes so many

# Of versions behind 15.
NEWER = re.compile(r"IS (NOT )?JSON|JSON_(OBJECT|ARRAY|VALUE)|json_object\(|SYSTEM_USER")
TABLES = """
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text, d timestamptz, j jsonb,
    arr int[], n numeric(10,2), u uuid, x xml, dt date, ts timestamp, f boolean);
CREATE TABLE u (id int PRIMARY KEY, t_id int, b text);
"""


def test_types_of_expressions(env):
    text = (env.root / "tests/unit/test_expression_types.c").read_text()
    table = "".join(re.findall(r'"([^"]*)"', TABLE.search(text).group(0) + '"'))
    pairs = PAIR.findall(text)
    env.check(len(pairs) >= PAIRS_MIN, f"only {len(pairs)} expressions are found")
    url = env.postgres()
    sql = table + "INSERT INTO t (id) VALUES (1);"
    for expression, _ in pairs:
        sql += f"SELECT pg_typeof({expression}) FROM t LIMIT 1;"
    shown = psql(env, url, sql).splitlines()
    for (expression, ours), theirs in zip(pairs, shown, strict=True):
        ours = re.sub(r"\(.*\)", "", ours)
        env.equal(WORDS.get(ours, ours), theirs, expression)


def test_printed_views_are_what_a_server_reads(env):
    """Those of the case print/expressions-of-postgres that PostgreSQL 15 has."""
    printed = (env.root / "tests/cases/print/expressions-of-postgres.out").read_text()
    url = env.postgres()
    psql(env, url, TABLES)
    views = re.findall(r"^CREATE VIEW v\d+ .*?;$", printed, re.MULTILINE | re.DOTALL)
    env.check(len(views) >= VIEWS_MIN, f"only {len(views)} views are found")
    tried = [try_psql(env, url, view) for view in views if not NEWER.search(view)]
    failed = [done.story() for done in tried if "syntax error" in done.err]
    env.check(not failed, "\n".join(failed))
    # Some mean nothing to it, such as an integer that IS TRUE.
    taken = sum(done.code == 0 for done in tried)
    env.check(taken >= TAKEN_MIN, f"the server takes only {taken} of {len(tried)} views")
