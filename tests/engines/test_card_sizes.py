"""Rows and bytes on the cards of a plan that begins at a live database."""

import json

from runner.databases import created, psql, written

FROM = """
CREATE TABLE counted (id integer PRIMARY KEY, a text);
CREATE TABLE "Never asked" (id integer PRIMARY KEY, a text);
CREATE TABLE nothing (id integer PRIMARY KEY, a text);
CREATE SCHEMA away;
CREATE TABLE away.counted (id integer PRIMARY KEY, own text);
CREATE TABLE whole (id integer, a text) PARTITION BY RANGE (id);
CREATE TABLE low PARTITION OF whole FOR VALUES FROM (0) TO (300);
CREATE TABLE high PARTITION OF whole FOR VALUES FROM (300) TO (1000);
"""
CHANGED = FROM.replace("own text", "own text, c text").replace(
    " a text", " a text, b text") + """
CREATE TABLE made (id integer PRIMARY KEY);
"""
ROWS = """
INSERT INTO counted SELECT n, repeat('x', 100) FROM generate_series(1, 5000) AS n;
INSERT INTO away.counted SELECT n, 'x' FROM generate_series(1, 70) AS n;
INSERT INTO "Never asked" SELECT n, 'x' FROM generate_series(1, 70) AS n;
INSERT INTO whole SELECT n, 'x' FROM generate_series(0, 999) AS n;
ANALYZE counted; ANALYZE away.counted; ANALYZE low; ANALYZE high;
INSERT INTO counted SELECT n, repeat('x', 100) FROM generate_series(5001, 10000) AS n;
"""


def sizes_of(env, url, to, *options):
    text = env.ok("plan", "-q", "--format", "json", "--allow", "all", *options, url, to)
    steps = [step for plan in json.loads(text)["plans"] for step in plan["steps"]]
    return {step["causes"][0]["change"]: (step["rows"], step["rows_are"], step["bytes"])
            for step in steps}


def test_sizes_on_postgres(env):
    after = written(env, "to.sql", CHANGED)
    url = created(env, written(env, "from.sql", FROM))
    psql(env, url, ROWS)
    found = sizes_of(env, url, after)
    expected = {"counted.b": ("estimate", 9000, 11000), "counted.c": ("estimate", 70, 70),
                'Never asked.b': ("unknown", None, None), "nothing.b": ("estimate", 0, 0),
                "whole.b": ("estimate", 1000, 1000)}
    for table, (word, least, most) in expected.items():
        rows, are, size = found[f"add column {table}"]
        env.equal(are, word, f"what is known of {table}")
        env.check(rows == least or least <= rows <= most, f"{table} has {rows} rows")
        env.check(size is not None and size >= (rows or 0), f"{table} has {size} bytes")
    env.equal(found["create table made"], (None, None, None), "a table that is not there")
    text = env.ok("plan", "-q", url, after)
    env.check("an unknown number of rows (never analysed); " in text, text)
    env.check("-1 row" not in text, "no row count below nothing")
    document = env.ok("plan", "-q", "--format", "markdown", url, after)
    env.check("by the server&#39;s statistics; " in document
              or "by the server's statistics; " in document, "sizes in Markdown")


def test_sizes_on_sqlite(env):
    """Counted up to a bound: whoever plans does not wait for a large table."""
    url = env.sqlite(sql="""
        CREATE TABLE few (id INTEGER PRIMARY KEY, a TEXT);
        CREATE TABLE "ma""n'y" (id INTEGER PRIMARY KEY, a TEXT);
        CREATE TABLE untouched (id INTEGER PRIMARY KEY);
        INSERT INTO few VALUES (1, 'x'), (2, 'y');
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001)
        INSERT INTO "ma""n'y" SELECT i, 'x' FROM n;
    """)
    after = written(env, "to.sql", """
        -- @dialect sqlite
        CREATE TABLE few (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
        CREATE TABLE "ma""n'y" (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
        CREATE TABLE untouched (id INTEGER PRIMARY KEY);
    """)
    found = sizes_of(env, url, after)
    env.equal(found["add column few.b"][:2], (2, "exact"), "few rows")
    env.equal(found["add column ma\"n'y.b"][:2], (100000, "at least"), "many rows")
    text = env.ok("plan", "-q", url, after)
    env.check("table      2 rows" in text, text)
    env.check("more than 100000 rows" in text, text)


def test_no_sizes_without_a_database(env):
    folder = env.root / "tests/cases/plan/a-card-per-step"
    text = env.ok("plan", "-q", "--dialect", "sqlite", "--format", "json", "--allow",
                  "all", folder / "from.sql", folder / "to.sql")
    for step in json.loads(text)["plans"][0]["steps"]:
        env.equal((step["rows"], step["rows_are"], step["bytes"]), (None, None, None),
                  step["title"])
