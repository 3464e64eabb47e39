"""Rows that a key or an index tells apart are not asked whether they are alike: that
reads and sorts the whole table.
"""

from runner.databases import created, psql, written
from runner.engines import params

TABLE = """CREATE TABLE t (a {} NOT NULL, b integer, c text{});
{}"""
INTEGER, BIGINT = "integer", "bigint"
# What is declared, what is declared then, and is it asked?
KEYS = {
    "another order": ((INTEGER, ", PRIMARY KEY (a, b)", ""),
                      (INTEGER, ", PRIMARY KEY (b, a)", ""), False),
    "one column more": ((INTEGER, ", UNIQUE (a)", ""),
                        (INTEGER, ", UNIQUE (b, a)", ""), False),
    "one column less": ((INTEGER, ", UNIQUE (a, b)", ""),
                        (INTEGER, ", UNIQUE (a)", ""), True),
    "an index becomes a key": ((INTEGER, "", "CREATE UNIQUE INDEX i ON t (a)"),
                               (INTEGER, ", PRIMARY KEY (a)", ""), False),
    "a key becomes an index": ((INTEGER, ", UNIQUE (a)", ""),
                               (INTEGER, "", "CREATE UNIQUE INDEX i ON t (a)"), False),
    "NULLs are alike now": ((INTEGER, ", UNIQUE (b)", ""),
                            (INTEGER, ", UNIQUE NULLS NOT DISTINCT (b)", ""), True),
    "NULLs were alike": ((INTEGER, ", UNIQUE NULLS NOT DISTINCT (b)", ""),
                         (INTEGER, ", UNIQUE (b)", ""), False),
    "no NULLs are there": ((INTEGER, ", UNIQUE (a)", ""),
                           (INTEGER, ", UNIQUE NULLS NOT DISTINCT (a, b)", ""), False),
    "of some rows": ((INTEGER, "", "CREATE UNIQUE INDEX i ON t (a) WHERE b > 1"),
                     (INTEGER, ", UNIQUE (a)", ""), True),
    "for some rows": ((INTEGER, ", UNIQUE (a)", ""),
                      (INTEGER, "", "CREATE UNIQUE INDEX i ON t (a) WHERE b > 1"), False),
    "another type": ((BIGINT, ", UNIQUE (a)", ""),
                     (INTEGER, ", UNIQUE (a, b)", ""), True),
    "a function": ((INTEGER, "", "CREATE UNIQUE INDEX i ON t (lower(c))"),
                   (INTEGER, ", UNIQUE (c)", ""), True),
    "no unique index": ((INTEGER, "", "CREATE INDEX i ON t (a)"),
                        (INTEGER, ", UNIQUE (a)", ""), True),
}


@params(*((name, way) for name in KEYS for way in ("--offline", "--online")))
def test_unique_already(env, name, way):
    before, after, is_asked = KEYS[name]
    pair = [written(env, "old.sql", TABLE.format(*before)),
            written(env, "new.sql", TABLE.format(*after))]
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO t VALUES (1, 2, 'a'), (2, 3, 'b')")
    sql = env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", way, *pair)
    env.equal("rows that are alike" in sql, is_asked, sql)
    psql(env, url, sql)
    env.same_schema(url, created(env, pair[1]), column_order=False)
