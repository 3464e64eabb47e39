"""An enum or one of its values gets another name: the server keeps neither in what is
made of them, so that nothing is taken down or built again.
"""

from runner.databases import created, psql, written
from runner.engines import params

SCHEMA = """CREATE TYPE {kind} AS ENUM ({labels});
CREATE DOMAIN liked AS {kind} DEFAULT {a} CHECK (VALUE <> {b});
CREATE TABLE t (
    id integer PRIMARY KEY,
    k {kind} NOT NULL DEFAULT {a},
    l {kind}[],
    CONSTRAINT one CHECK (k <> {b} OR id > 0),
    CONSTRAINT other CHECK (k IN ({a}, 'c') OR k = {b}::{kind}),
    EXCLUDE USING btree (id WITH =) WHERE (k = {a})
);
CREATE INDEX ix ON t (id) WHERE k = {a};
CREATE INDEX iy ON t ((k = {a} AND id > 1));
CREATE POLICY p ON t USING (k <> {b});
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.k = {a})
    EXECUTE FUNCTION tf();
CREATE STATISTICS st ON (k = {a}), id FROM t;
"""
OLD = {"kind": "kind", "labels": "'a', 'b', 'c'", "a": "'a'", "b": "'b'"}
VALUES = {"kind": "kind", "labels": "\n-- @was a\n'x',\n-- @was b\n'y',\n'c'",
          "a": "'x'", "b": "'y'"}
TYPE = {**OLD, "kind": "sort"}
IDENTITY = """SELECT relname, oid, relfilenode FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT conname, oid, 0 FROM pg_constraint
    UNION ALL SELECT polname, oid, 0 FROM pg_policy
    UNION ALL SELECT tgname, oid, 0 FROM pg_trigger
    UNION ALL SELECT stxname, oid, 0 FROM pg_statistic_ext ORDER BY 1, 2"""


def declared(said, **was):
    text = SCHEMA.format(**said)
    return text.replace("CREATE TYPE sort", "-- @was kind\nCREATE TYPE sort")


@params(*((what, way) for what in ("values", "type")
          for way in ("--offline", "--online")))
def test_what_says_it_stands(env, what, way):
    new = VALUES if what == "values" else TYPE
    pair = [written(env, name, declared(said))
            for name, said in (("old.sql", OLD), ("new.sql", new))]
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO t VALUES (1, 'a', '{a,b}'), (2, 'b', NULL),"
                   " (3, 'c', '{}')")
    stood = psql(env, url, IDENTITY)
    rows = {pair[0]: "1|a|{a,b}\n2|b|\n3|c|{}\n", pair[1]: "1|x|{x,y}\n2|y|\n3|c|{}\n"}
    for args, end in (((), pair[1]), (("--down",), pair[0])):
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *pair))
        env.same_schema(url, created(env, end))
        env.equal(psql(env, url, IDENTITY), stood, "identities")
        env.equal(psql(env, url, "SELECT * FROM t ORDER BY id"),
                  rows[end if what == "values" else pair[0]], "rows")
        env.equal(env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", url, end),
                  "", "a second diff")
