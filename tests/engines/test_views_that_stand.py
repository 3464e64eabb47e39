"""A view is taken down where it reads what changes, and stands where it does not: it
keeps its identity, and a materialized one its rows.
"""

from runner.databases import created, psql, written
from runner.engines import params

SCHEMA = """CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (
    id integer CONSTRAINT t_pkey PRIMARY KEY,
    n integer CONSTRAINT t_n_check CHECK (n > 0),
    k kind,
    gone text,
    price numeric(10,2),
    twice integer GENERATED ALWAYS AS (n * 2) STORED
);
CREATE TABLE other (id integer PRIMARY KEY, word text);
CREATE FUNCTION rows_of() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW of_id AS SELECT id, count(*) AS many FROM t GROUP BY id;
CREATE VIEW of_n AS SELECT x.id, x.n FROM t AS x WHERE x.n > 1;
CREATE VIEW of_k AS SELECT id FROM t WHERE k = 'a';
CREATE VIEW of_word AS SELECT word, 'b'::kind AS k FROM other;
CREATE VIEW of_price AS SELECT coalesce(price, 0) AS cost FROM t;
CREATE VIEW of_twice AS SELECT twice FROM t;
CREATE VIEW of_key AS SELECT id, price FROM t GROUP BY id;
CREATE VIEW of_row AS SELECT CAST(t AS text) AS line FROM t;
CREATE VIEW of_names AS SELECT x.b FROM other AS x (a, b);
CREATE VIEW of_both AS SELECT id FROM t JOIN other USING (id);
CREATE VIEW above AS SELECT id FROM of_n;
CREATE MATERIALIZED VIEW kept AS SELECT id, price FROM t;
CREATE VIEW of_kept AS SELECT id FROM kept;
CREATE VIEW below AS SELECT id FROM t;
CREATE MATERIALIZED VIEW filled AS SELECT id FROM below;
GRANT SELECT ON of_n TO PUBLIC;
COMMENT ON VIEW of_n IS 'some';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE TRIGGER tr INSTEAD OF INSERT ON of_n FOR EACH ROW EXECUTE FUNCTION tf();
"""
# What is declared, what is declared then, the views that are taken down for it, and those
# that are on the way back.
CHANGES = {
    "type": ("n integer CON", "n bigint CON", "of_n above of_twice of_row"),
    "drop": ("    gone text,\n", "", "of_row", ""),
    "check": ("CHECK (n > 0)", "CHECK (n >= 0)", ""),
    "key": (" CONSTRAINT t_pkey PRIMARY KEY", " NOT NULL", "of_id of_key", ""),
    "price": ("numeric(10,2)", "numeric(12,2)", "of_price of_key of_row kept of_kept"),
    "label": ("('a', 'b')", "('a', 'b', 'c')", "", "of_k of_word of_row"),
    "order": ("('a', 'b')", "('b', 'a')", "of_k of_word of_row"),
    "computed": ("n * 2", "n * 2 + 0", "of_twice of_row"),
    "where": ("WHERE x.n > 1", "WHERE x.n > 2 ORDER BY 1 LIMIT 5", ""),
    "one more": ("x.id, x.n FROM", "x.id, x.n, x.price AS cost FROM", "", "of_n above"),
    "joined": ("t AS x WHERE x.n > 1", "t AS x JOIN other ON other.id = x.id", "",
               "of_n above"),
    "another column": ("coalesce(price, 0)", "coalesce(price, 1.5)", "of_price"),
    "other tables": ("SELECT twice FROM t", "SELECT x.twice FROM t, t AS x", "of_twice"),
    "read by one that is filled": ("SELECT id FROM t;\nCREATE MAT",
                                   "SELECT id FROM t WHERE n > 1;\nCREATE MAT",
                                   "below filled"),
    "word": ("word text", "word varchar(99)", "of_word of_names"),
}
VIEWS = """SELECT relname, oid FROM pg_class WHERE relkind IN ('v', 'm')
    AND relnamespace = 'public'::regnamespace ORDER BY 1"""


def views(env, url):
    return dict(line.split("|") for line in psql(env, url, VIEWS).splitlines())


@params(*((name, way) for name in CHANGES for way in ("--offline", "--online")))
def test_only_those_that_read_it(env, name, way):
    before, after, up, *back = CHANGES[name]
    schema = SCHEMA
    if name == "key":  # what rests on it cannot be there afterwards
        schema = schema.replace("id, price FROM t GROUP", "id, max(price) FROM t GROUP")
    pair = [written(env, "old.sql", schema),
            written(env, "new.sql", schema.replace(before, after, 1))]
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO t VALUES (1, 2, 'a', 'x', 3.50), (2, 1, 'b', NULL, NULL);"
                   "INSERT INTO other VALUES (1, 'w'); REFRESH MATERIALIZED VIEW kept;"
                   "INSERT INTO t VALUES (3, 3, 'a', 'y', 1)")
    stood = views(env, url)
    for args, end, said in (((), pair[1], up), (("--down",), pair[0], (back or [up])[0])):
        readers = set(said.split())
        psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                              way, *args, *pair))
        env.same_schema(url, created(env, end), column_order=False)
        now = views(env, url)
        env.equal({v for v in now if now[v] != stood[v]}, readers,
                  "views that were made anew")
        env.equal(psql(env, url, "SELECT count(*) FROM kept"),
                  "3\n" if "kept" in readers else "2\n", "rows of the view")
        stood = now
    env.equal(psql(env, url, "SELECT id, n, k, price, twice FROM t ORDER BY 1"),
              "1|2|a|3.50|4\n2|1|b||2\n3|3|a|1.00|6\n", "rows")
