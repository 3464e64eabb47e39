"""A column gets another type while checks, indexes, a view, a policy and a trigger read
it.  The server keeps the casts that it made of them for the older type, wherever it can:
in the end they say what they say in a fresh database of the newer version.
"""

from runner.databases import created, psql, written
from runner.engines import params

HEAD = """CREATE EXTENSION citext; CREATE TYPE kind AS ENUM ('a', 'b', 'c');
CREATE DOMAIN small AS integer CHECK (VALUE > 0);
CREATE DOMAIN large AS bigint CHECK (VALUE > 1);
"""
TABLE = HEAD + """CREATE TABLE t (id integer PRIMARY KEY, n {0},
    CONSTRAINT ck CHECK ({1}));
CREATE INDEX ix ON t ({2});
CREATE INDEX iw ON t (id) WHERE {3};
CREATE VIEW v AS SELECT id FROM t WHERE {3};
CREATE POLICY p ON t USING ({3});
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.{3}) EXECUTE FUNCTION tf();
"""
TEXTS = ("n <> 'b' AND n IN ('a', 'c') AND length(n) < 5 AND n LIKE 'a%'", "(lower(n))",
         "n <> ''")
NUMBERS = ("n > 1 AND n IN (5, 6) AND n + 1 > 2.5", "(n * 2)", "n > 1")

# (the older type, the newer one, a value, the check, what ix and iw read)
TYPES = (
    ("numeric(10,2)", "integer", "5", *NUMBERS),
    ("integer", "double precision", "5", *NUMBERS),
    ("small", "large", "5", *NUMBERS),
    ("small", "integer", "5", *NUMBERS),
    ("varchar(10)", "text", "'a'", *TEXTS),
    ("citext", "text", "'a'", *TEXTS),
    ("char(3)", "text", "'abc'", "n IN ('abc', 'c')", "(lower(n))", "n <> ''"),
    ("timestamp", "date", "'2020-01-02'", "n > '2020-01-01'",
     "(n + interval '1 day')", "n > '2019-01-01'"),
    ("varchar(9)", "kind", "'a'", "n <> 'b' AND n IN ('a', 'c')", "(coalesce(n, 'a'))",
     "n <> 'b'"),
    ("json", "jsonb", "'{\"a\": 1}'", "(n ->> 'a')::int > 0", "((n ->> 'a'))",
     "n ->> 'a' IS NOT NULL"),
    ("text[]", "varchar(5)[]", "'{a}'", "n <> '{}' AND 'a' = ANY (n)",
     "(cardinality(n))", "n IS NOT NULL"),
)


@params(*((a, b, way) for a, b, *_ in TYPES for way in ("--offline", "--online")))
def test_rules_over_another_type(env, older, newer, way):
    value, *rules = next(rest for a, b, *rest in TYPES if (a, b) == (older, newer))
    pair = [written(env, name, TABLE.format(type_, *rules))
            for name, type_ in (("old.sql", older), ("new.sql", newer))]
    url = created(env, pair[0])
    psql(env, url, f"INSERT INTO t VALUES (1, {value})")
    before = psql(env, url, "SELECT id, n FROM t")
    for args, end in (((), pair[1]), (("--down",), pair[0])):
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *pair))
        env.same_schema(url, created(env, end), column_order=False)
        env.equal(env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", url, end),
                  "", "a second diff")
    if older != "timestamp":  # whose time of the day is gone
        env.equal(psql(env, url, "SELECT id, n FROM t"), before, "rows")
