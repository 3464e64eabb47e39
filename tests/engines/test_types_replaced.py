"""Types that become others under their names: a domain over another type, an enum that
was a domain.  No ALTER does it, so the old type makes room, and what is made of it is
converted.
"""

from runner.databases import created, psql, written
from runner.engines import params

AMOUNTS = """CREATE DOMAIN amount AS {0} DEFAULT 5 NOT NULL CHECK (VALUE > 0);
COMMENT ON DOMAIN amount IS 'how many';
CREATE DOMAIN price AS amount CHECK (VALUE < 1000);
CREATE DOMAIN code AS {1} CHECK (VALUE <> '');
REVOKE ALL ON DOMAIN amount FROM PUBLIC;
CREATE FUNCTION twice(a amount, b amount DEFAULT '3'::amount) RETURNS amount
    LANGUAGE sql IMMUTABLE RETURN a * b;
REVOKE ALL ON FUNCTION twice(amount, amount) FROM PUBLIC;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TABLE item (
    id integer PRIMARY KEY,
    code code NOT NULL UNIQUE,
    n amount CHECK (n < 1000),
    m amount DEFAULT 7,
    list amount[],
    cost price,
    kind text CHECK (kind::code <> 'x'),
    more integer GENERATED ALWAYS AS (n + 1) STORED
);
CREATE INDEX item_n ON item (n) WHERE n > 3;
CREATE INDEX item_double ON item ((m * 2), code);
CREATE TABLE line (item code REFERENCES item (code), pos integer);
CREATE TABLE part (k integer, n amount) PARTITION BY RANGE (k);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (100);
CREATE VIEW big AS SELECT code, n, '5'::amount AS five FROM item WHERE n > '4'::amount;
CREATE MATERIALIZED VIEW all_items AS SELECT id, cost FROM item;
CREATE POLICY few ON item USING (n > '2'::amount);
CREATE TRIGGER noted BEFORE INSERT ON item FOR EACH ROW
    WHEN (NEW.cost > '1'::price) EXECUTE FUNCTION noted();
"""
AMOUNT_ROWS = """INSERT INTO item VALUES (1, 'abc', 5, 6, '{1,2}', 7, 'k'),
    (2, 'abcdefgh', 900, 1, '{}', 999, NULL), (3, 'x', 1, 1, NULL, 1, 'z');
INSERT INTO line VALUES ('abc', 1), ('abcdefgh', 2), (NULL, 3);
INSERT INTO part VALUES (1, 2), (99, 3);"""
KINDS = {
    "domain": "CREATE DOMAIN kind AS varchar(9) CHECK (VALUE IN ('a', 'b'));\n",
    "enum": "CREATE TYPE kind AS ENUM ('a', 'b');\n",
    "wider": "CREATE DOMAIN kind AS text CHECK (VALUE IN ('a', 'b', 'c'));\n",
}
KIND_TABLE = """CREATE TABLE t (id integer PRIMARY KEY, k kind NOT NULL,
    l kind DEFAULT 'b', CHECK (k <> l));
CREATE INDEX t_k ON t (k) WHERE l = 'b';
CREATE VIEW v AS SELECT k FROM t WHERE k = 'a'::kind;
"""
WAYS = ("--offline", "--online")


def moved_there_and_back(env, pair, rows, queries, way):
    url = created(env, pair[0])
    psql(env, url, rows)
    before = [psql(env, url, q) for q in queries]
    for args, end in (((), pair[1]), (("--down",), pair[0])):
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *pair))
        env.same_schema(url, created(env, end), column_order=False)
        env.equal(env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", url, end),
                  "", "a second diff")
        env.equal([psql(env, url, q) for q in queries], before, "rows")


@params(*((types, way) for way in WAYS for types in (
    ("integer", "varchar(8)", "bigint", "varchar(20)"),
    ("numeric(6,0)", "varchar(8)", "integer", "text"),
    ("integer", "text", "smallint", "varchar(9)"))))
def test_domains_over_other_types(env, types, way):
    pair = [written(env, name, AMOUNTS.format(*both))
            for name, both in (("old.sql", types[:2]), ("new.sql", types[2:]))]
    moved_there_and_back(env, pair, AMOUNT_ROWS, (
        "SELECT id, code, n, m, list, cost, kind, more FROM item",
        "SELECT * FROM line", "SELECT * FROM part"), way)


@params(*((one, other, way) for way in WAYS for one in KINDS for other in KINDS
          if one != other))
def test_kinds_of_types(env, one, other, way):
    pair = [written(env, name, KINDS[kind] + KIND_TABLE)
            for name, kind in (("old.sql", one), ("new.sql", other))]
    moved_there_and_back(env, pair, "INSERT INTO t VALUES (1, 'a', 'b'), (2, 'b', 'a')",
                         ("SELECT * FROM t",), way)


def test_values_that_do_not_fit(env):
    """They are asked for before anything is changed, in the old words."""
    domains = ("CREATE DOMAIN code AS {};\nCREATE DOMAIN pos AS {};\n"
               "CREATE TABLE t (id integer PRIMARY KEY, c code, n pos);\n")
    pair = [written(env, "old.sql", domains.format("text", "bigint")),
            written(env, "new.sql",
                    domains.format("varchar(3)", "smallint CHECK (VALUE > 0)"))]
    steps = ("apply", "--database", created(env, pair[0]), pair[1], "--yes",
             "--allow", "all")
    url = steps[2]
    for row, said in (("'abcd', 1", "t.c holds what is no value of its new type"),
                      ("'abc', 40000", "t.n holds what is no value of its new type"),
                      ("'abc', 0", "t.n holds what its domain refuses (pos_check)")):
        psql(env, url, f"DELETE FROM t; INSERT INTO t VALUES (1, {row})")
        done = env.schemac(*steps)
        env.check(done.code == 3 and said in done.err, done.story())
        env.same_schema(url, created(env, pair[0]))
    psql(env, url, "UPDATE t SET c = 'ab ', n = 7")
    env.ok(*steps)
    env.equal(psql(env, url, "SELECT * FROM t"), "1|ab |7\n", "rows")
    env.same_schema(url, created(env, pair[1]))
