"""Both sides of a foreign key get another type: for a moment they are of two types, which
the server does not take for each pair of them, and not in each order.
"""

from runner.databases import created, psql, psql_refused, written
from runner.engines import params

PAIRS = (("numeric(7,0)", "integer"), ("integer", "bigint"), ("real", "numeric"),
         ("time", "timetz"), ("text", "varchar(9)"), ("varchar(9)", "char(9)"),
         ("date", "timestamp"), ("uuid", "text"), ("small", "large"))
VALUES = {"time": "'12:30'", "date": "'2020-01-01'",
          "uuid": "'11111111-1111-1111-1111-111111111111'"}
TABLES = "CREATE TABLE {0} (id {2} PRIMARY KEY);\n" \
         "CREATE TABLE {1} (x {2} CONSTRAINT k REFERENCES {0});\n"
DOMAINS = "CREATE DOMAIN small AS smallint;\nCREATE DOMAIN large AS numeric;\n"


@params(*((old, new, names, way) for old, new in PAIRS for names in ("ab", "ba")
          for way in ("--offline", "--online")))
def test_both_sides(env, old, new, names, way):
    """The tables are changed in the order of their names."""
    pair = [written(env, name, DOMAINS + TABLES.format(*names, kind))
            for name, kind in (("old.sql", old), ("new.sql", new))]
    url = created(env, pair[0])
    value = VALUES.get(old, "'7'")
    psql(env, url, f"INSERT INTO {names[0]} VALUES ({value}); "
                   f"INSERT INTO {names[1]} VALUES ({value}), (NULL)")
    for args, end in (((), pair[1]), (("--down",), pair[0])):
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *pair))
        env.same_schema(url, created(env, end), column_order=False)
        psql_refused(env, url, f"DELETE FROM {names[0]}", '"k"')
    env.equal(psql(env, url, f"SELECT count(*) FROM {names[0]} JOIN {names[1]}"
                             " ON id = x"), "1\n", "rows")
