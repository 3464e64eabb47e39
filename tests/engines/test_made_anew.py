"""Objects that PostgreSQL cannot change while others need them: routines with another
signature, enum types whose values go or move, sequences that change hands.  What holds on
to them is taken down and put back around them, and the rows stay.

Each change is made on a database with rows; then the server's own dump is that of a fresh
database, `diff` against the live one finds nothing, and the rows are what they should be.
"""

from runner.databases import loaded, psql, psql_refused, written
from runner.engines import params

MOODS = """
CREATE TYPE mood AS ENUM ('low', 'middle', 'high');
CREATE FUNCTION is_fine(m mood) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$ SELECT m > 'low' $$;
CREATE TABLE person (
    id integer PRIMARY KEY,
    now mood NOT NULL DEFAULT 'low',
    history mood[] NOT NULL DEFAULT '{low}',
    note text,
    CONSTRAINT noted CHECK (now <> 'low' OR note IS NOT NULL),
    CONSTRAINT fine CHECK (is_fine(now) OR id > 0)
);
CREATE INDEX good ON person (id) WHERE now = 'high';
CREATE TABLE level (now mood PRIMARY KEY);
CREATE TABLE step (id integer PRIMARY KEY, now mood REFERENCES level (now));
CREATE VIEW people AS SELECT id, now FROM person WHERE now <> 'low';
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_good ON person USING (now = 'high');
CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER watch BEFORE UPDATE OF now ON person
    FOR EACH ROW WHEN (NEW.now = 'low') EXECUTE FUNCTION stop();
COMMENT ON TYPE mood IS 'how it is';
REVOKE USAGE ON TYPE mood FROM PUBLIC;
"""

MOOD_ROWS = """
INSERT INTO person VALUES (1, 'low', '{low,middle}', 'x'), (2, 'middle', '{}', NULL),
                          (3, 'high', '{{high,middle},{low,NULL}}', NULL);
INSERT INTO level VALUES ('low'), ('high');
INSERT INTO step VALUES (1, 'low'), (2, NULL), (3, 'high');
"""

MOOD_QUERY = """SELECT id, now, history FROM person ORDER BY id;
                SELECT id, now FROM step ORDER BY id"""

FEE = """
CREATE FUNCTION fee(n {type}) RETURNS integer LANGUAGE sql IMMUTABLE
    AS $$ SELECT n::integer $$;
CREATE TABLE item (
    id integer PRIMARY KEY,
    cost integer DEFAULT fee(1::{type}),
    CONSTRAINT dear CHECK (fee(id::{type}) > 0)
);
CREATE INDEX by_fee ON item (fee(id::{type}));
CREATE VIEW fees AS SELECT id, fee(id::{type}) AS cost FROM item;
"""

VALID = """
CREATE FUNCTION is_valid({name} text) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS $$ SELECT length({name}) > 0 $$;
CREATE DOMAIN code AS text CONSTRAINT said CHECK (is_valid(VALUE));
COMMENT ON CONSTRAINT said ON DOMAIN code IS 'c';
CREATE FUNCTION all_valid(a text) RETURNS boolean LANGUAGE sql
    BEGIN ATOMIC SELECT is_valid(a); END;
CREATE TABLE coded (id integer PRIMARY KEY, c code,
    CONSTRAINT c_valid CHECK (is_valid(c)));
ALTER TABLE coded ENABLE ROW LEVEL SECURITY;
CREATE POLICY valid_only ON coded USING (is_valid(c));
REVOKE EXECUTE ON FUNCTION is_valid(text) FROM PUBLIC;
"""

CODED = "INSERT INTO coded VALUES (1, 'a'), (2, 'bb')"

ANIMALS = """
CREATE TABLE animal (id integer{more});
CREATE TABLE dog (race text{own}) INHERITS (animal);
CREATE TABLE cat () INHERITS (animal);
"""

COMPUTED = """
CREATE TABLE t (
    id integer PRIMARY KEY,
    a {type} NOT NULL,
    g bigint GENERATED ALWAYS AS ({value}) STORED NOT NULL,
    CONSTRAINT t_g_key UNIQUE (g),
    CONSTRAINT {check} CHECK (g > 0)
);
COMMENT ON COLUMN t.g IS 'computed';
ALTER TABLE t ALTER COLUMN g SET STATISTICS 50;
CREATE INDEX {index} ON t (id, g) WHERE g > 1;
CREATE TABLE u (id integer PRIMARY KEY, r bigint REFERENCES t (g));
CREATE VIEW v AS SELECT t.g FROM t;
GRANT SELECT (g) ON t TO PUBLIC;
"""
COMPUTED_ROWS = "INSERT INTO t VALUES (1, 5), (2, 7); INSERT INTO u VALUES (1, 6)"
COMPUTED_QUERY = "SELECT id, a, g FROM t ORDER BY id; SELECT id, r FROM u"


def computed(type="integer", value="a + 1", check="big", index="ix"):
    return COMPUTED.format(type=type, value=value, check=check, index=index)


# What reads columns that change their type, or are computed from those that do.
READ = """
CREATE TABLE log (what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO log VALUES (TG_NAME); RETURN NEW; END $$;
{table}CREATE TABLE {t} (
    id integer PRIMARY KEY,
    {column}{a} {type},
    g {type} GENERATED ALWAYS AS ({a} + 1) STORED,
    other integer
);
CREATE TABLE parts (id integer, {column}{a} {type}) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (100);
CREATE TABLE beside (id integer PRIMARY KEY);
CREATE TRIGGER of_a AFTER UPDATE OF {a} ON {t} FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER of_g AFTER UPDATE ON {t}
    FOR EACH ROW WHEN (OLD.g IS DISTINCT FROM NEW.g) EXECUTE FUNCTION note();
CREATE TRIGGER of_other AFTER UPDATE OF other ON {t}
    FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER asleep AFTER UPDATE OF {a} ON {t} FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE {t} DISABLE TRIGGER asleep;
CREATE TRIGGER of_part AFTER UPDATE OF {a} ON part
    FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE {t} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON {t} USING ({a} > 0);
CREATE POLICY far ON beside
    USING (EXISTS (SELECT 1 FROM {t} AS x WHERE x.{a} = beside.id));
CREATE RULE as_well AS ON DELETE TO beside
    DO ALSO UPDATE {t} SET {a} = 0 WHERE id = OLD.id;
COMMENT ON TRIGGER of_a ON {t} IS 'of a';
COMMENT ON POLICY own ON {t} IS 'own rows';
"""
READ_ROWS = """
INSERT INTO {t} (id, {a}, other) VALUES (1, 5, 0), (2, 7, 0), (3, 9, 0);
INSERT INTO parts VALUES (1, 2); INSERT INTO beside VALUES (3);
"""
READ_QUERY = """
UPDATE {t} SET {a} = 6 WHERE id = 1; UPDATE {t} SET other = 1 WHERE id = 2;
UPDATE parts SET {a} = 3; DELETE FROM beside;
SELECT id, {a}, g FROM {t} ORDER BY id; SELECT what FROM log ORDER BY what;
"""
READ_ANSWER = "1|6|7\n2|7|8\n3|0|1\nof_a\nof_a\nof_g\nof_g\nof_other\nof_part\n"
READ_OLD = {"t": "t", "a": "a", "type": "integer", "table": "", "column": ""}
READ_NEW = READ_OLD | {"type": "bigint"}
READ_RENAMED = {"t": "things", "a": "amount", "type": "bigint", "table": "-- @was t\n",
                "column": "-- @was a\n    "}

# Bodies that the server has read, and what needs their routines.
BODIES = """
CREATE TABLE goods (
    id integer PRIMARY KEY,
    price {type} NOT NULL,
    name text,
    twice {type} GENERATED ALWAYS AS (price * 2) STORED
);
CREATE FUNCTION worth() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT sum(price) FROM goods; END;
CREATE FUNCTION price_of(n integer) RETURNS numeric LANGUAGE sql STABLE
    RETURN (SELECT g.price FROM goods AS g WHERE g.id = n);
CREATE FUNCTION twice_of(n integer) RETURNS numeric LANGUAGE sql STABLE
    RETURN (SELECT g.twice FROM goods AS g WHERE g.id = n);
CREATE FUNCTION whole() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(*) FROM (SELECT * FROM goods) AS g; END;
CREATE FUNCTION calls() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT 2 * worth(); END;
CREATE PROCEDURE put(n integer, p integer) LANGUAGE sql
    BEGIN ATOMIC INSERT INTO goods (id, price) VALUES (n, p); END;
CREATE FUNCTION changes(n integer) RETURNS bigint LANGUAGE sql STABLE
    RETURN (SELECT {result} FROM goods AS g WHERE g.id = n);
CREATE FUNCTION named() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(name) FROM goods; END;
CREATE TABLE other (id integer PRIMARY KEY, sum bigint);
ALTER TABLE other ALTER COLUMN sum SET DEFAULT worth();
ALTER TABLE other ADD CONSTRAINT few CHECK (id < 1000 OR worth() > 0);
ALTER TABLE other ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON other USING (id < worth());
COMMENT ON FUNCTION worth() IS 'all of it';
REVOKE EXECUTE ON FUNCTION worth() FROM PUBLIC;
{more}"""
BODIES_OLD = BODIES.format(type="integer", result="g.price + 1", more="""
CREATE FUNCTION goes() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT max(price) FROM goods; END;
""")
BODIES_NEW = BODIES.format(type="bigint", result="g.price + 2", more="")
BODY_VIEWS = """
CREATE TABLE goods (id integer PRIMARY KEY, price {type} NOT NULL);
CREATE FUNCTION worth() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT sum(price) FROM goods; END;
CREATE VIEW sums AS SELECT id, worth() AS worth FROM goods;
CREATE VIEW more AS SELECT worth + 1 AS more FROM sums;
COMMENT ON VIEW more IS 'one more';
GRANT SELECT ON sums, more TO PUBLIC;
"""


# Views under bodies under views, and what else needs such a body.
UNDER = """
CREATE TABLE goods (id integer PRIMARY KEY, price {type} NOT NULL);
CREATE VIEW prices AS SELECT id, price{more} AS price FROM goods;
CREATE FUNCTION worth() RETURNS numeric LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT sum(price) FROM prices; END;
CREATE FUNCTION dearest() RETURNS numeric LANGUAGE sql STABLE
    RETURN (SELECT max(p.price) FROM prices AS p);
CREATE FUNCTION both_of() RETURNS numeric LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT worth() + dearest(); END;
CREATE VIEW sums AS SELECT id, worth() AS worth FROM goods;
CREATE FUNCTION first_sum() RETURNS numeric LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT min(worth) FROM sums; END;
CREATE VIEW last AS SELECT first_sum() AS x, both_of() AS y;
CREATE FUNCTION id_of(s sums) RETURNS integer LANGUAGE sql AS 'SELECT s.id';
CREATE VIEW ids AS SELECT id_of(sums) AS id FROM sums;
CREATE TABLE other (id integer PRIMARY KEY, sum bigint);
ALTER TABLE other ALTER COLUMN sum SET DEFAULT worth();
ALTER TABLE other ADD CONSTRAINT few CHECK (id < 1000 OR worth() > 0);
ALTER TABLE other ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON other USING (id < worth());
COMMENT ON FUNCTION worth() IS 'all of it';
REVOKE EXECUTE ON FUNCTION worth() FROM PUBLIC;
GRANT SELECT ON prices, last TO PUBLIC;
"""
UNDER_ROWS = """INSERT INTO goods VALUES (1, 5), (2, 7);
                INSERT INTO other (id) VALUES (1), (2000)"""
UNDER_QUERY = """SELECT x, y FROM last; SELECT id FROM ids ORDER BY id;
                 INSERT INTO other (id) VALUES (3) RETURNING sum"""
GOODS = "CREATE TABLE goods (id integer PRIMARY KEY, price integer NOT NULL);"
PRICES = "CREATE VIEW prices AS SELECT price FROM goods;"
WORTH = """CREATE FUNCTION worth() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT sum(price) FROM {of}; END;"""
WORTHS = "CREATE VIEW a_worth AS SELECT worth() AS worth;"
NAMED = """
CREATE TABLE log (what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO log VALUES (TG_NAME); RETURN NEW; END $$;
CREATE TABLE t (id integer PRIMARY KEY, a {type});
CREATE TRIGGER {trigger} AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY {policy} ON t USING (a > 0);
COMMENT ON TRIGGER {trigger} ON t IS 'of a';
"""
ONE_GOOD = "INSERT INTO goods VALUES (1, 5)"


ENUM_RULES = """
CREATE TYPE mood AS ENUM ({0});
CREATE TABLE log (what text);
CREATE TABLE u (k mood);
CREATE TABLE t (id integer PRIMARY KEY, k mood, s text);
CREATE RULE tells AS ON UPDATE TO t WHERE NEW.k IS NOT NULL
    DO ALSO (INSERT INTO log VALUES (NEW.k::text || ' is ' || NEW.s);
        INSERT INTO u VALUES (NEW.k));
"""

ENUM_ELSEWHERE = """
CREATE SCHEMA far;
CREATE TYPE mood AS ENUM ({0});
CREATE TABLE far.t (id integer PRIMARY KEY, k mood);
CREATE TABLE q (id integer PRIMARY KEY);
ALTER TABLE q ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION set_ones() RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(*) FROM far.t WHERE k IS NOT NULL; END;
CREATE POLICY p ON q
    USING (EXISTS (SELECT 1 FROM far.t AS x WHERE x.k IS NOT NULL));
CREATE RULE r AS ON INSERT TO q DO ALSO UPDATE far.t SET k = NULL WHERE id = NEW.id;
"""

SAYING = """
CREATE TABLE log (what text);
CREATE TABLE t (id integer PRIMARY KEY, a {});
CREATE RULE tells AS ON UPDATE TO t WHERE OLD.id > 0
    DO ALSO INSERT INTO log VALUES (NEW.a::text);
COMMENT ON RULE tells ON t IS 'tells';
"""

LEAVING = """
CREATE DOMAIN small AS integer CONSTRAINT least CHECK ({check});
CREATE TABLE t (id integer PRIMARY KEY, a {a}, b small, {c}CHECK (id > 0));
"""

# Their columns are told in the order of the table, which is another one once b is anew.
WATCHED = """
CREATE TABLE t (id integer PRIMARY KEY, b integer{value}, a integer, c text);
CREATE STATISTICS pair (dependencies) ON a, b FROM t;
CREATE STATISTICS others ON a, c FROM t;
ALTER STATISTICS pair SET STATISTICS 50;
COMMENT ON STATISTICS pair IS 'pair';
"""


# name: (old declarations, new declarations, rows, query, its answer)
CHANGES = {
    "check-of-a-new-column-with-the-default-of-its-domain": (
        "CREATE DOMAIN count AS integer DEFAULT 1;"
        "CREATE TABLE t (id integer PRIMARY KEY);",
        "CREATE DOMAIN count AS integer DEFAULT 1;"
        "CREATE TABLE t (id integer PRIMARY KEY, n count,"
        " CONSTRAINT told CHECK (n IS NOT NULL));",
        "INSERT INTO t VALUES (1)", "SELECT id, n FROM t", "1|1\n"),
    "composite-values-without-parts-are-not-NULL": (
        "CREATE TYPE pair AS (x integer, y text);"
        "CREATE TABLE t (id integer PRIMARY KEY, p pair, q pair);",
        "CREATE TYPE pair AS (x integer, y text);"
        "CREATE TABLE t (id integer PRIMARY KEY, p pair NOT NULL,"
        "\n-- @from ROW(1, 'a')::pair\nq pair NOT NULL);",
        "INSERT INTO t VALUES (1, ROW(NULL, NULL), ROW(NULL, NULL)), "
        "(2, ROW(1, NULL), NULL)",
        "SELECT id, p, q FROM t ORDER BY id", "1|(,)|(,)\n2|(1,)|(1,a)\n"),
    "column-is-computed-from-one-that-was": (
        "CREATE TABLE t (id integer PRIMARY KEY, a integer,"
        " g integer GENERATED ALWAYS AS (a + 1) STORED);",
        "CREATE TABLE t (id integer PRIMARY KEY, a integer, g integer,"
        " h integer GENERATED ALWAYS AS (g + 1) STORED);",
        "INSERT INTO t VALUES (1, 5), (2, NULL)",
        "SELECT id, a, g, h FROM t ORDER BY id", "1|5|6|7\n2|||\n"),
    "rule-whose-words-say-another-thing": (
        SAYING.format("varchar(9)"), SAYING.format("text"),
        "INSERT INTO t VALUES (1, 'a')", "UPDATE t SET a = 'b'; SELECT what FROM log",
        "b\n"),
    "domain-is-tightened-while-columns-leave-it": (
        LEAVING.format(check="VALUE > 0", a="small", c="c small, "),
        LEAVING.format(check="VALUE > 1", a="integer", c=""),
        "INSERT INTO t VALUES (1, 1, 2, 1), (2, 2, 3, 1)",
        "SELECT id, a, b FROM t ORDER BY id", "1|1|2\n2|2|3\n"),
    "domain-takes-more-while-rows-are-filled": (
        "CREATE DOMAIN small AS integer CHECK (VALUE > 10) DEFAULT 11;"
        "CREATE TABLE t (id integer PRIMARY KEY);",
        "CREATE DOMAIN small AS integer CHECK (VALUE > 1) DEFAULT 2;"
        "CREATE TABLE t (id integer PRIMARY KEY,\n-- @from id + 2\na small NOT NULL);",
        "INSERT INTO t VALUES (1), (2)", "SELECT id, a FROM t ORDER BY id", "1|3\n2|4\n"),
    "attributes-that-new-conditions-name": (
        "CREATE TYPE pair AS (x integer, y text);"
        "CREATE TABLE t (id integer PRIMARY KEY, p pair);",
        "CREATE TYPE pair AS (x integer,\n-- @was y\nz text, w integer);"
        "CREATE TABLE t (id integer PRIMARY KEY, p pair,\n-- @from (p).y || '!'\nq text,"
        " CONSTRAINT c CHECK ((p).z <> ''));"
        "CREATE TABLE u (id integer PRIMARY KEY, p pair,"
        " g text GENERATED ALWAYS AS (upper((p).z)) STORED,"
        " CONSTRAINT d CHECK ((p).w IS NULL OR (p).z IS NOT NULL));",
        "INSERT INTO t VALUES (1, (5, 'a')), (2, NULL)",
        "INSERT INTO u (id, p) VALUES (1, (1, 'b', 2)); SELECT g FROM u; "
        "SELECT id, p, q FROM t ORDER BY id", "B\n1|(5,a,)|a!\n2||\n"),
    "columns-that-are-filled-beside-a-key-asked-later": (
        "CREATE TABLE s (id integer PRIMARY KEY);"
        "CREATE TABLE t (id integer PRIMARY KEY, s integer,"
        " FOREIGN KEY (s) REFERENCES s DEFERRABLE INITIALLY DEFERRED);",
        "CREATE TABLE s (id integer PRIMARY KEY);"
        "CREATE TABLE t (id integer PRIMARY KEY, s integer,\n-- @from id + 1\na integer,"
        "\n-- @from id + 2\nb integer,"
        " FOREIGN KEY (s) REFERENCES s DEFERRABLE INITIALLY DEFERRED,"
        " CONSTRAINT c CHECK (a < b));",
        "INSERT INTO s VALUES (1); INSERT INTO t VALUES (1, 1), (2, NULL)",
        "SELECT id, a, b FROM t ORDER BY id", "1|2|3\n2|3|4\n"),
    "enum-values-move-under-other-tables-and-bodies": (
        ENUM_ELSEWHERE.format("'low', 'high'"), ENUM_ELSEWHERE.format("'high', 'low'"),
        "INSERT INTO far.t VALUES (1, 'low'), (2, 'high'), (3, 'low')",
        "INSERT INTO q VALUES (2); SELECT id, k FROM far.t ORDER BY k, id; "
        "SELECT set_ones()", "1|low\n3|low\n2|\n2\n"),
    "statistics-of-a-column-that-becomes-generated": (
        WATCHED.format(value=""),
        WATCHED.format(value=" GENERATED ALWAYS AS (a + 1) STORED"),
        "INSERT INTO t VALUES (1, 2, 1, 'x'), (2, 4, 3, 'y')",
        "SELECT id, a, b FROM t ORDER BY id; "
        "SELECT stxname, stxstattarget FROM pg_statistic_ext ORDER BY stxname",
        "1|1|2\n2|3|4\nothers|-1\npair|50\n"),
    "read-by-triggers-policies-and-rules": (
        READ.format(**READ_OLD), READ.format(**READ_NEW), READ_ROWS.format(**READ_OLD),
        READ_QUERY.format(**READ_NEW), READ_ANSWER),
    "read-by-bodies": (
        BODIES_OLD, BODIES_NEW,
        "INSERT INTO goods (id, price, name) VALUES (1, 5, 'x'), (2, 7, NULL);"
        "INSERT INTO other (id) VALUES (1), (2000)",
        "CALL put(3, 1); SELECT worth(), calls(), price_of(1), twice_of(2), whole(), "
        "changes(1), named(); SELECT id, sum FROM other ORDER BY id; "
        "INSERT INTO other (id) VALUES (3) RETURNING sum",
        "13|26|5|14|3|7|1\n1|12\n2000|12\n13\n"),
    "read-by-bodies-that-views-call": (
        BODY_VIEWS.format(type="integer"), BODY_VIEWS.format(type="bigint"),
        "INSERT INTO goods VALUES (1, 5), (2, 7)", "SELECT more FROM more", "13\n13\n"),
    "read-and-called-otherwise": (
        READ.format(**READ_OLD), READ.format(**READ_RENAMED),
        READ_ROWS.format(**READ_OLD), READ_QUERY.format(**READ_RENAMED), READ_ANSWER),
    "enum-values-move": (
        MOODS, MOODS.replace("'low', 'middle', 'high'", "'high', 'low', 'middle'"),
        MOOD_ROWS, MOOD_QUERY,
        "1|low|{low,middle}\n2|middle|{}\n3|high|{{high,middle},{low,NULL}}\n"
        "1|low\n2|\n3|high\n"),
    "enum-value-goes": (
        MOODS, MOODS.replace("CREATE TYPE", "-- @map 'middle' = 'high'\nCREATE TYPE")
        .replace("'low', 'middle', 'high'", "'low', 'high'"),
        MOOD_ROWS, MOOD_QUERY,
        "1|low|{low,high}\n2|high|{}\n3|high|{{high,high},{low,NULL}}\n"
        "1|low\n2|\n3|high\n"),
    "argument-type": (
        FEE.format(type="integer"), FEE.format(type="bigint"),
        "INSERT INTO item VALUES (1, 2), (2, 3)",
        "INSERT INTO item (id) VALUES (3); SELECT id, cost FROM item ORDER BY id",
        "1|2\n2|3\n3|1\n"),
    "argument-name": (
        VALID.format(name="value"), VALID.format(name="input"), CODED,
        "SELECT id, c FROM coded ORDER BY id", "1|a\n2|bb\n"),
    "helper-goes": (
        "CREATE FUNCTION help() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;"
        "CREATE FUNCTION use() RETURNS integer LANGUAGE sql"
        " BEGIN ATOMIC SELECT help(); END;",
        "CREATE FUNCTION use() RETURNS integer LANGUAGE sql"
        " BEGIN ATOMIC SELECT 2; END;", "", "SELECT use()", "2\n"),
    "views-under-bodies": (
        UNDER.format(type="integer", more=""), UNDER.format(type="bigint", more=""),
        UNDER_ROWS, UNDER_QUERY, "12|19\n1\n2\n12\n"),
    "view-under-bodies-says-another-thing": (
        UNDER.format(type="integer", more=""), UNDER.format(type="integer", more=" + 1"),
        UNDER_ROWS, UNDER_QUERY, "14|22\n1\n2\n14\n"),
    "view-goes-with-the-body-that-reads-it": (
        GOODS + PRICES + WORTH.format(of="prices") + WORTHS, GOODS, ONE_GOOD,
        "SELECT id FROM goods", "1\n"),
    "view-goes-and-the-body-reads-the-table": (
        GOODS + PRICES + WORTH.format(of="prices") + WORTHS,
        GOODS + WORTH.format(of="goods") + WORTHS, ONE_GOOD,
        "SELECT worth FROM a_worth", "5\n"),
    "view-calls-a-body-that-reads-tables": (
        GOODS, GOODS + PRICES + WORTH.format(of="prices") + WORTHS, ONE_GOOD,
        "SELECT worth FROM a_worth", "5\n"),
    "default-and-check-of-a-new-table-call-a-body": (
        GOODS, GOODS + WORTH.format(of="goods") + """
        CREATE TABLE u (id integer, x bigint NOT NULL DEFAULT worth(),
                        CONSTRAINT c CHECK (x <= worth()));
        COMMENT ON CONSTRAINT c ON u IS 'c';
        """,
        ONE_GOOD, "INSERT INTO u VALUES (1); SELECT x FROM u", "5\n"),
    "default-and-policy-become-calls-of-a-body": (
        "CREATE TABLE goods (id integer, price bigint NOT NULL DEFAULT 4);"
        "ALTER TABLE goods ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY p ON goods USING (id > 1);",
        "CREATE TABLE goods (id integer, price bigint NOT NULL);"
        + WORTH.format(of="goods") + "ALTER TABLE goods ALTER price SET DEFAULT worth();"
        "ALTER TABLE goods ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY p ON goods USING (id > worth());",
        ONE_GOOD, "INSERT INTO goods VALUES (2); SELECT price FROM goods", "5\n5\n"),
    "column-with-a-body-for-default-gets-another-type": (
        GOODS + WORTH.format(of="goods") + "CREATE TABLE u (id integer, x text);"
        "ALTER TABLE u ALTER x SET DEFAULT worth();",
        GOODS.replace("price integer", "price bigint") + WORTH.format(of="goods")
        + "CREATE TABLE u (id integer, x numeric);"
        "ALTER TABLE u ALTER x SET DEFAULT worth();",
        ONE_GOOD + "; INSERT INTO u VALUES (1)", "SELECT x FROM u", "5\n"),
    "trigger-and-policy-over-another-type-get-names": (
        NAMED.format(type="integer", trigger="early", policy="own"),
        NAMED.format(type="bigint", trigger="late", policy="mine"),
        "INSERT INTO t VALUES (1, 5)", "UPDATE t SET a = 6; SELECT what FROM log",
        "late\n"),
    "view-with-grants": (
        "CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t;"
        "GRANT SELECT ON v TO PUBLIC;",
        "CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t;"
        "GRANT SELECT ON v TO PUBLIC;",
        "INSERT INTO t VALUES (1)", "SELECT a FROM v", "1\n"),
    "view-with-grants-that-change": (
        "CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t;"
        "GRANT SELECT, INSERT ON v TO PUBLIC;",
        "CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t;"
        "GRANT SELECT, UPDATE ON v TO PUBLIC;",
        "INSERT INTO t VALUES (1)", "UPDATE v SET a = 2; SELECT a FROM v", "2\n"),
    "view-that-a-policy-reads": (
        "CREATE TABLE t (a integer, b integer);"
        "CREATE TABLE u (x integer); ALTER TABLE u ENABLE ROW LEVEL SECURITY;"
        "CREATE VIEW v AS SELECT a FROM t WHERE b > 0;"
        "CREATE POLICY p ON u USING (x IN (SELECT v.a FROM v));",
        "CREATE TABLE t (a integer, b bigint);"
        "CREATE TABLE u (x integer); ALTER TABLE u ENABLE ROW LEVEL SECURITY;"
        "CREATE VIEW v AS SELECT a FROM t WHERE b > 0;"
        "CREATE POLICY p ON u USING (x IN (SELECT v.a FROM v));",
        "INSERT INTO t VALUES (1, 2)", "SELECT a, b FROM t", "1|2\n"),
    "serial-becomes-bigserial": (
        "CREATE TABLE t (id serial PRIMARY KEY, x text);",
        "CREATE TABLE t (id bigserial PRIMARY KEY, x text);",
        "INSERT INTO t (x) VALUES ('a'), ('b')",
        "INSERT INTO t (x) VALUES ('c') RETURNING id", "3\n"),
    "serial-lets-its-sequence-go": (
        "CREATE TABLE t (id serial, x text);",
        "CREATE SEQUENCE t_id_seq;"
        "CREATE TABLE t (id integer NOT NULL DEFAULT nextval('t_id_seq'), x text);",
        "INSERT INTO t (x) VALUES ('a'), ('b')",
        "INSERT INTO t (x) VALUES ('c') RETURNING id", "3\n"),
    "serial-takes-a-sequence": (
        "CREATE SEQUENCE t_id_seq;"
        "CREATE TABLE t (id integer NOT NULL DEFAULT nextval('t_id_seq'), x text);",
        "CREATE TABLE t (id serial, x text);",
        "INSERT INTO t (x) VALUES ('a'), ('b')",
        "INSERT INTO t (x) VALUES ('c') RETURNING id", "3\n"),
    "identity-gets-narrow": (
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY (MAXVALUE 5000000000),"
        " x text);",
        "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY, x text);",
        "INSERT INTO t (x) VALUES ('a'), ('b')",
        "INSERT INTO t (x) VALUES ('c') RETURNING id", "3\n"),
    "bounds-move-past-the-place": (
        "CREATE SEQUENCE s MINVALUE 1 MAXVALUE 200;",
        "CREATE SEQUENCE s MINVALUE 100 MAXVALUE 200 START WITH 150;",
        "SELECT nextval('s')", "SELECT nextval('s')", "100\n"),
    "bounds-that-hold-the-place": (
        "CREATE SEQUENCE s;", "CREATE SEQUENCE s MINVALUE 3 MAXVALUE 50;",
        "SELECT setval('s', 7)", "SELECT nextval('s')", "8\n"),
    "bounds-that-part": (
        "CREATE SEQUENCE s MINVALUE 100 MAXVALUE 200;",
        "CREATE SEQUENCE s MINVALUE 1 MAXVALUE 50;",
        "SELECT nextval('s')", "SELECT nextval('s')", "1\n"),
    "owned-sequence-goes-with-its-table": (
        "CREATE TABLE keep (a integer); CREATE SEQUENCE q; CREATE TABLE t (id bigint"
        " DEFAULT nextval('q')); ALTER SEQUENCE q OWNED BY t.id;",
        "CREATE TABLE keep (a integer);",
        "INSERT INTO keep VALUES (1); INSERT INTO t DEFAULT VALUES",
        "SELECT a FROM keep", "1\n"),
    "column-stays-with-the-child": (
        ANIMALS.format(more=", name text", own=""),
        ANIMALS.format(more="", own=", name text"),
        "INSERT INTO dog VALUES (1, 'rex', 'poodle'); INSERT INTO cat VALUES (2, 'tom')",
        "SELECT id, name, race FROM dog; SELECT count(*) FROM cat", "1|rex|poodle\n1\n"),
    "index-of-a-materialized-view": (
        "CREATE TABLE t (a integer, b integer);"
        "CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t; CREATE INDEX i ON m (a);",
        "CREATE TABLE t (a integer, b integer);"
        "CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t; CREATE INDEX i ON m (b);",
        "INSERT INTO t VALUES (1, 2)", "SELECT a, b FROM t", "1|2\n"),
    "dimensions-say-nothing": (
        "CREATE TABLE t (a integer[]);", "CREATE TABLE t (a integer[][]);",
        "INSERT INTO t VALUES ('{1,2}')", "SELECT a FROM t", "{1,2}\n"),
    "domain-checks-with-a-new-function": (
        "CREATE TABLE t (a text);",
        "CREATE TABLE t (a text); CREATE FUNCTION ok(v text) RETURNS boolean"
        " LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN length(v) > 1; END $$;"
        "CREATE DOMAIN d AS text CONSTRAINT d_ok CHECK (ok(VALUE));"
        "CREATE TABLE u (a d);",
        "INSERT INTO t VALUES ('x')", "SELECT a FROM t", "x\n"),
    "check-with-a-new-enum-value": (
        "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e);",
        "CREATE TYPE e AS ENUM ('a', 'b');"
        "CREATE TABLE t (x e, CONSTRAINT c CHECK (x IN ('a', 'b')));",
        "INSERT INTO t VALUES ('a')", "SELECT x FROM t", "a\n"),
    "keys-to-a-partitioned-table-go": (
        "CREATE TABLE keep (a integer);"
        "CREATE TABLE p (id integer PRIMARY KEY) PARTITION BY RANGE (id);"
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);"
        "CREATE TABLE o (id integer REFERENCES p);",
        "CREATE TABLE keep (a integer);",
        "INSERT INTO keep VALUES (1); INSERT INTO p VALUES (1); INSERT INTO o VALUES (1)",
        "SELECT a FROM keep", "1\n"),
    "identity-on-a-nullable-column": (
        "CREATE TABLE t (id integer, x text);",
        "CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY, x text);",
        "INSERT INTO t VALUES (1, 'a'), (7, 'b')",
        "INSERT INTO t (x) VALUES ('c') RETURNING id", "8\n"),
    "replica-identity-by-an-index-that-is-made-anew": (
        "CREATE TABLE t (a integer NOT NULL, b integer NOT NULL);"
        "CREATE UNIQUE INDEX u ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX u;",
        "CREATE TABLE t (a integer NOT NULL, b integer NOT NULL);"
        "CREATE UNIQUE INDEX u ON t (a, b);"
        "ALTER TABLE t REPLICA IDENTITY USING INDEX u;",
        "INSERT INTO t VALUES (1, 2)", "SELECT a, b FROM t", "1|2\n"),
    "bounds-of-partitions-as-the-server-keeps-them": (
        "CREATE TABLE p (k text, at timestamp) PARTITION BY LIST (k);"
        "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
        "CREATE TABLE q (at timestamp) PARTITION BY RANGE (at);"
        "CREATE TABLE q1 PARTITION OF q "
        " FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        "CREATE TABLE p (k text, at timestamp, x integer) PARTITION BY LIST (k);"
        "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
        "CREATE TABLE q (at timestamp) PARTITION BY RANGE (at);"
        "CREATE TABLE q1 PARTITION OF q "
        " FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        "INSERT INTO p VALUES ('1', '2024-05-05')", "SELECT k FROM p1", "1\n"),
    "index-name-that-moves-to-another-table": (
        "CREATE TABLE s (a integer, b integer); CREATE TABLE t (a integer, b integer);"
        "CREATE UNIQUE INDEX i ON s (a, b);",
        "CREATE TABLE s (a integer, b integer); CREATE TABLE t (a integer, b integer);"
        "CREATE UNIQUE INDEX i ON t (a, b);",
        "INSERT INTO s VALUES (1, 2)", "SELECT a, b FROM s", "1|2\n"),
    "index-name-of-a-table-that-goes": (
        "CREATE TABLE keep (a integer); CREATE TABLE t (a integer);"
        "CREATE INDEX i ON t (a);",
        "CREATE TABLE keep (a integer); CREATE INDEX i ON keep (a);",
        "INSERT INTO keep VALUES (1)", "SELECT a FROM keep", "1\n"),
    "check-whose-function-reads-what-comes-later": (
        "CREATE TABLE t (a text);",
        "CREATE TABLE t (a text); CREATE VIEW codes AS SELECT 'x'::text AS a;"
        "CREATE FUNCTION all_codes() RETURNS SETOF codes LANGUAGE sql STABLE"
        " AS 'SELECT * FROM codes';"
        "CREATE FUNCTION is_code(b text) RETURNS boolean LANGUAGE sql STABLE"
        " AS 'SELECT EXISTS (SELECT 1 FROM all_codes() c WHERE c.a = b)';"
        "ALTER TABLE t ADD CONSTRAINT c CHECK (is_code(a));",
        "INSERT INTO t VALUES ('x')", "SELECT a FROM t", "x\n"),
    "generated-over-another-type": (
        computed(), computed(type="bigint"), COMPUTED_ROWS, COMPUTED_QUERY,
        "1|5|6\n2|7|8\n1|6\n"),
    "generated-with-another-expression": (
        computed(), computed(value="1 + a::bigint"), COMPUTED_ROWS, COMPUTED_QUERY,
        "1|5|6\n2|7|8\n1|6\n"),
    "generated-and-what-stands-on-it-is-renamed": (
        computed(), computed(type="bigint", check="large").replace(
            "CREATE INDEX ix", "-- @was ix\nCREATE INDEX iy").replace(
            "CONSTRAINT large", "-- @was big\n    CONSTRAINT large"),
        COMPUTED_ROWS, COMPUTED_QUERY, "1|5|6\n2|7|8\n1|6\n"),
    "generated-over-another-collation": (
        "CREATE TABLE t (a text, g text GENERATED ALWAYS AS (upper(a)) STORED);",
        'CREATE TABLE t (a text COLLATE "C", g text GENERATED ALWAYS AS (upper(a))'
        ' STORED); CREATE INDEX i ON t (a COLLATE "C");',
        "INSERT INTO t VALUES ('x')", "SELECT a, g FROM t", "x|X\n"),
    "generated-over-what-comes-with-it": (
        "CREATE TABLE t (id integer);",
        "CREATE TABLE t (id integer, early bigint GENERATED ALWAYS AS (later + 1) STORED"
        " NOT NULL,\n-- @from id * 2\nlater integer NOT NULL);",
        "INSERT INTO t VALUES (1), (2)", "SELECT id, early, later FROM t ORDER BY id",
        "1|3|2\n2|5|4\n"),
    "default-beside-values-from-elsewhere": (
        "CREATE TABLE t (id integer, a integer);",
        "CREATE TABLE t (id integer, a integer,\n-- @from a\nb integer DEFAULT 7,\n"
        "-- @from a + 1\nc integer NOT NULL DEFAULT 8);",
        "INSERT INTO t VALUES (1, 2), (2, 3)", "SELECT id, b, c FROM t ORDER BY id",
        "1|2|3\n2|3|4\n"),
    "enum-key-of-a-table-with-another-name": (
        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE p (k e PRIMARY KEY);"
        "CREATE TABLE t (k e REFERENCES p, CHECK (k <> 'b'));",
        "CREATE TYPE e AS ENUM ('b', 'a'); CREATE TABLE p (k e PRIMARY KEY);"
        "-- @was t\nCREATE TABLE u (k e REFERENCES p, CHECK (k <> 'b'));",
        "INSERT INTO p VALUES ('a'), ('b'); INSERT INTO t VALUES ('a')",
        "SELECT k FROM p ORDER BY k", "b\na\n"),
    "enum-read-by-rules": (
        ENUM_RULES.format("'a', 'b', 'c'"), ENUM_RULES.format("'c', 'b', 'a'"),
        "INSERT INTO t VALUES (1, 'a', 'x'); INSERT INTO u VALUES ('b')",
        "UPDATE t SET s = 'y' RETURNING k; SELECT k FROM u ORDER BY k; "
        "SELECT what FROM log",
        "a\nb\na\na is y\n"),
    "enum-read-by-a-rule-on-a-table-with-another-name": (
        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE log (what text);"
        "CREATE TABLE t (id integer PRIMARY KEY, k e);"
        "CREATE RULE r AS ON UPDATE TO t WHERE OLD.k IS NOT NULL"
        " DO ALSO INSERT INTO log VALUES (NEW.id);",
        "CREATE TYPE e AS ENUM ('b', 'a'); CREATE TABLE log (what text);"
        "\n-- @was t\nCREATE TABLE u (id integer PRIMARY KEY, k e);"
        "CREATE RULE r AS ON UPDATE TO u WHERE OLD.k IS NOT NULL"
        " DO ALSO INSERT INTO log VALUES (NEW.id);",
        "INSERT INTO t VALUES (1, 'a'), (2, NULL)",
        "UPDATE u SET id = id + 4 RETURNING id, k; TABLE log", "5|a\n6|\n5\n"),
    "values-of-a-table-that-becomes-a-partition": (
        "CREATE TABLE t (id integer, b boolean) PARTITION BY RANGE (id);"
        "CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (5);"
        "CREATE TABLE high (id integer, b boolean);",
        "CREATE TABLE t (id integer,\n-- @from CASE WHEN b THEN 'yes' ELSE 'no' END\n"
        "-- @back b = 'yes'\nb text) PARTITION BY RANGE (id);"
        "CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (5);"
        "CREATE TABLE high PARTITION OF t FOR VALUES FROM (5) TO (MAXVALUE);",
        "INSERT INTO t VALUES (1, true); INSERT INTO high VALUES (7, true), (8, false)",
        "SELECT id, b FROM t ORDER BY id", "1|yes\n7|yes\n8|no\n"),
    "attribute-that-an-index-takes": (
        "CREATE TYPE pair AS (a integer, b text);"
        "CREATE TABLE t (id integer PRIMARY KEY, p pair);"
        "CREATE INDEX b ON t (((p).b)); CREATE INDEX a ON t (((p).a));",
        "CREATE TYPE pair AS (a integer);"
        "CREATE TABLE t (id integer PRIMARY KEY, p pair); CREATE INDEX a ON t (((p).a));",
        "INSERT INTO t VALUES (1, ROW(3, 'x'))", "SELECT id, (p).a FROM t", "1|3\n"),
    "index-of-a-table-that-leaves-a-schema": (
        "CREATE SCHEMA app; CREATE TABLE app.t (id integer PRIMARY KEY, a integer);"
        "CREATE INDEX i ON app.t (a);",
        "-- @was app.t\nCREATE TABLE t (id integer PRIMARY KEY, a integer);",
        "INSERT INTO app.t VALUES (1, 2)", "SELECT id, a FROM t", "1|2\n"),
    "index-of-a-table-that-moves-is-another": (
        "CREATE SCHEMA app; CREATE TABLE t (id integer PRIMARY KEY, a integer);"
        "CREATE INDEX i ON t (a);",
        "CREATE SCHEMA app;\n-- @was public.t\n"
        "CREATE TABLE app.t (id integer PRIMARY KEY, a integer);"
        "CREATE INDEX i ON app.t (a) WHERE a > 0;",
        "INSERT INTO t VALUES (1, 2)", "SELECT id, a FROM app.t", "1|2\n"),
    "enum-labels-get-names-while-columns-leave": (
        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id integer PRIMARY KEY,"
        " s e, n e, u e);",
        "CREATE TYPE e AS ENUM ('z' /* @was 'a' */, 'b');"
        "CREATE TABLE t (id integer PRIMARY KEY, s varchar(3),\n"
        "-- @from CASE n WHEN 'a' THEN 1 ELSE 2 END\n"
        "-- @back CASE n WHEN 1 THEN 'a' ELSE 'b' END\nn integer, u e,"
        " v e /* @from u */, w text /* @from upper(u::text) */,"
        " x boolean /* @from u IN ('a') */);",
        "INSERT INTO t VALUES (1, 'a', 'a', 'a'), (2, 'b', 'b', 'b')",
        "SELECT id, s, n, u, v, w, x FROM t ORDER BY id",
        "1|a|1|z|z|A|t\n2|b|2|b|b|B|f\n"),
    "enum-labels-get-names-and-move-while-columns-leave": (
        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id integer PRIMARY KEY,"
        " s e, n e, u e);",
        "CREATE TYPE e AS ENUM ('b', 'z' /* @was 'a' */);"
        "CREATE TABLE t (id integer PRIMARY KEY, s varchar(3),\n"
        "-- @from CASE n WHEN 'a' THEN 1 ELSE 2 END\n"
        "-- @back CASE n WHEN 1 THEN 'a' ELSE 'b' END\nn integer, u e,"
        " v e /* @from u */, w text /* @from upper(u::text) */,"
        " x boolean /* @from u IN ('a') */);",
        "INSERT INTO t VALUES (1, 'a', 'a', 'a'), (2, 'b', 'b', 'b')",
        "SELECT id, s, n, u, v, w, x FROM t ORDER BY id",
        "1|a|1|z|z|A|t\n2|b|2|b|b|B|f\n"),
    "enum-labels-are-numbers": (
        "CREATE TYPE e AS ENUM ('1', '20'); CREATE TABLE t (id e PRIMARY KEY, n e[]);",
        "CREATE TABLE t (id smallint PRIMARY KEY, n bigint[]);",
        "INSERT INTO t VALUES ('1', NULL), ('20', '{20,1}')",
        "SELECT id, n FROM t ORDER BY id", "1|\n20|{20,1}\n"),
    "rights-on-a-column-that-goes": (
        "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);"
        "GRANT SELECT (a, b), UPDATE (b), DELETE ON t TO PUBLIC;",
        "CREATE TABLE t (id integer PRIMARY KEY, a integer);"
        "GRANT SELECT (a), DELETE ON t TO PUBLIC;",
        "INSERT INTO t VALUES (1, 2, 3)", "TABLE t", "1|2\n"),
    "names-of-a-table-that-goes": (
        "CREATE TABLE a (id integer PRIMARY KEY);"
        "CREATE TABLE b (id integer PRIMARY KEY, x integer,"
        " CONSTRAINT c_x_fkey FOREIGN KEY (x) REFERENCES a, CONSTRAINT c_x_check"
        " CHECK (x > 0), CONSTRAINT c_x_key UNIQUE (x));",
        "CREATE TABLE a (id integer PRIMARY KEY);"
        "CREATE TABLE c (id integer PRIMARY KEY, x integer UNIQUE CHECK (x > 0)"
        " REFERENCES a);",
        "INSERT INTO a VALUES (1)", "SELECT id FROM a", "1\n"),
    "enum-values-become-one-where-a-key-goes": (
        "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (k e UNIQUE);",
        "-- @map 'b' = 'a'\nCREATE TYPE e AS ENUM ('a'); CREATE TABLE t (k e);",
        "INSERT INTO t VALUES ('a'), ('b')", "SELECT k FROM t", "a\na\n"),
}


def changed(env, name, *options):
    old, new, rows, _, _ = CHANGES[name]
    old_path, new_path = written(env, "old.sql", old), written(env, "new.sql", new)
    url = loaded(env, old)
    psql(env, url, rows)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", *options,
                          old_path, new_path))
    return url, new_path


@params(*CHANGES)
def test_change_keeps_rows_and_ends_where_it_should(env, name):
    _, new, _, query, answer = CHANGES[name]
    url, new_path = changed(env, name)
    env.same_schema(url, loaded(env, new), column_order=False)
    if name != "argument-name":  # the server spells a body that it has read
        env.equal(env.ok("diff", "--dialect", "postgres", "--exit-code", url, new_path),
                  "", "a second diff")
    env.equal(psql(env, url, query), answer, "rows")


@params(*(n for n in CHANGES if n not in (
    "enum-value-goes",  # the rows do not say which of the two they were
    "enum-values-become-one-where-a-key-goes",
    "column-stays-with-the-child")))  # the server keeps it as the child's own, too
def test_and_back(env, name):
    url, new_path = changed(env, name)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", "--down",
                          env.dir / "old.sql", new_path))
    env.same_schema(url, loaded(env, CHANGES[name][0]), column_order=False)


@params("argument-type", "identity-on-a-nullable-column",
        "replica-identity-by-an-index-that-is-made-anew",
        "index-name-that-moves-to-another-table",
        "attribute-that-an-index-takes", "index-of-a-table-that-leaves-a-schema",
        "index-of-a-table-that-moves-is-another",
        *(n for n in CHANGES if n.startswith(("generated-", "default-beside", "enum-",
                                              "read-"))))
def test_while_the_tables_are_in_use(env, name):
    _, new, _, query, answer = CHANGES[name]
    url, _ = changed(env, name, "--online")
    env.same_schema(url, loaded(env, new), column_order=False)
    env.equal(psql(env, url, query), answer, "rows")


@params(*(n for n in CHANGES if n != "argument-name"))
def test_from_what_the_server_tells(env, name):
    old, new, rows, query, answer = CHANGES[name]
    url = loaded(env, old)
    psql(env, url, rows)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all", url,
                          written(env, "new.sql", new)))
    env.same_schema(url, loaded(env, new), column_order=False)
    env.equal(psql(env, url, query), answer, "rows")


def test_generated_column_that_needs_a_body(env):
    """It holds rows: the planner says so, before anything runs."""
    text = """CREATE TABLE goods (id integer PRIMARY KEY, price {type});
        CREATE FUNCTION one() RETURNS integer LANGUAGE sql IMMUTABLE
            RETURN (SELECT max(price) FROM goods);
        CREATE TABLE u (id integer, g integer GENERATED ALWAYS AS (id + one()) STORED);"""
    done = env.schemac("diff", "--dialect", "postgres",
                       written(env, "old.sql", text.format(type="smallint")),
                       written(env, "new.sql", text.format(type="integer")))
    env.check(done.code == 2 and "needs a routine or a type that has to be dropped"
              in done.err, done.story())


EARLY = {
    "column": (GOODS.replace("NULL)", "NULL, ten bigint)"),
               "ALTER TABLE goods ALTER ten SET DEFAULT worth();"),
    "rows": (GOODS, "CREATE TABLE u (id integer PRIMARY KEY, x bigint DEFAULT worth());"
             "INSERT INTO u (id) VALUES (1);"),
    "generated": (GOODS, "CREATE TABLE u (id integer,"
                  " x bigint GENERATED ALWAYS AS (worth() + id) STORED);"),
}


@params(*EARLY)
def test_values_that_a_body_gives_before_it_is_there(env, name):
    """Refused: the routine stands behind the tables that its body reads."""
    table, more = EARLY[name]
    body = WORTH.format(of="goods").replace("STABLE", "IMMUTABLE")
    done = env.schemac("diff", "--dialect", "postgres", written(env, "old.sql", GOODS),
                       written(env, "new.sql", table + body + more))
    env.check(done.code == 2 and "routine that is made behind" in done.err, done.story())


def test_a_value_that_goes_and_is_held_stops_the_script(env):
    old = "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (x e[]);"
    new = "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e[]);"
    url = loaded(env, old)
    psql(env, url, "INSERT INTO t VALUES ('{a,b}')")
    script = env.ok("diff", "--dialect", "postgres", "--allow", "all",
                    written(env, "old.sql", old), written(env, "new.sql", new))
    psql_refused(env, url, script, "t.x holds 'b', which goes")
    env.equal(psql(env, url, "SELECT x FROM t"), "{a,b}\n", "rows")
