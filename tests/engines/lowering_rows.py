"""The rows of ../shared/facts/lowering-pg-to-sqlite.md as declarations, with SQL that
both engines must take, SQL that both must refuse, and what both must give back.

SQL is one text for both engines or a pair, for PostgreSQL and for SQLite, where a value
is written otherwise (scaled decimals, JSON arrays, blobs).
"""

from dataclasses import dataclass, field


@dataclass
class Row:
    title: str            # of the row in the document
    declared: str
    taken: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    gives: list = field(default_factory=list)    # (query, what both answer)
    # Where the engines cannot agree: what is told of it, why, and what only one takes.
    notes: list = field(default_factory=list)
    why: str = ""
    postgres_only: list = field(default_factory=list)
    sqlite_only: list = field(default_factory=list)
    postgres_notes: list = field(default_factory=list)


def into(*values):
    """Each value into the column c of t; a pair is one for each engine."""
    return [tuple(f"INSERT INTO t (c) VALUES ({v})" for v in value)
            if isinstance(value, tuple) else f"INSERT INTO t (c) VALUES ({value})"
            for value in values]


COUNT = "SELECT count(*) FROM t"
T_ID = "CREATE TABLE t (id int PRIMARY KEY, c text);"

TYPES = [
    Row("smallint, int", "CREATE TABLE t (c int);\nCREATE TABLE s (c smallint NOT NULL);",
        into("NULL", "12", "'12'", "-2147483648", "2147483647")
        + ["INSERT INTO s VALUES (32767)"],
        into("2147483648", "'x'", "-2147483649")
        + ["INSERT INTO s VALUES (32768)", "INSERT INTO s VALUES (NULL)"],
        [("SELECT sum(c) FROM t", "23")]),
    Row("bigint", "CREATE TABLE t (c bigint);",
        into("9223372036854775807", "-9223372036854775807", "NULL"),
        into("9223372036854775808", "'x'")
        + ["UPDATE t SET c = c + 1"],
        [("SELECT max(c) FROM t", "9223372036854775807")]),
    Row("any integer, STRICT", "CREATE TABLE t (c int, d text) STRICT;",
        into("12", "'12'"), into("'x'", "2147483648"),
        [("SELECT sum(c) FROM t", "24")]),
    Row("boolean", "CREATE TABLE t (c boolean NOT NULL DEFAULT false, d int);",
        into("true", "false") + ["INSERT INTO t (d) VALUES (1)"],
        into("NULL", "'maybe'", ("'2'", "2")),
        [("SELECT count(*) FROM t WHERE NOT c", "2")]),
    Row("text", "CREATE TABLE t (c text NOT NULL UNIQUE);",
        into("''", "'ééé'", "12"), into("NULL", "'12'", "''"),
        [("SELECT sum(length(c)) FROM t", "5")]),
    Row("varchar(n)", "CREATE TABLE t (c varchar(5));",
        into("'ééééé'", "''", "NULL"), into("'abcdef'", "'éééééé'"),
        [("SELECT max(length(c)) FROM t", "5")]),
    Row("char(n)", "CREATE TABLE t (c char(2) UNIQUE, d char(3) DEFAULT 'x');",
        into("'ab'", "NULL", "'a'", "'c   '"), into("'abc'", "'a '", "'c'"),
        [("SELECT count(*) FROM t WHERE c = 'a   ' OR d <> 'x  '", "1"),
         ("SELECT rtrim(c) FROM t WHERE c = 'c'", "c")],
        ["char is not padded with blanks"]),
    Row("citext", "CREATE EXTENSION citext; -- @only postgres\n"
        "CREATE TABLE t (c citext UNIQUE);",
        into("'a'", "'b'", "'é'"), into("'A'"), [("SELECT c FROM t WHERE c = 'B'", "b")],
        ["case is ignored for the letters A to Z only"], "ASCII only", [], into("'É'")),
    Row("numeric(p,s), money-like", "CREATE TABLE t (c numeric(10,2));",
        into(("0.10", "10"), ("0.20", "20"), ("99999999.99", "9999999999")),
        into(("100000000", "10000000000"), "'x'"),
        [(("SELECT (sum(c) * 100)::bigint FROM t", "SELECT sum(c) FROM t"),
          "10000000029")]),
    Row("numeric(p,s), keep readable", "CREATE TABLE t (c numeric(20,2));",
        into("'0.10'", "'123456789012345678.99'", "NULL"),
        into("'1234567890123456789.00'", "'x'", "'1.2.3'"),
        [("SELECT max(c) FROM t WHERE length('' || c) > 9", "123456789012345678.99")],
        ["digits are kept as text"], "comparison and ordering are textual; digits "
        "behind the scale are refused, not rounded", into("'1.005'")),
    Row("numeric as `DECIMAL(p,s)`", "CREATE TABLE t (c numeric);",
        into("'0.10'", "'12345678901234567.89'"), into("'x'", "''", "'1,5'"),
        [("SELECT c FROM t WHERE length('' || c) < 9", "0.10"),
         ("SELECT c FROM t WHERE length('' || c) > 9", "12345678901234567.89")],
        ["digits are kept as text"]),
    Row("real, double precision", "CREATE TABLE t (c double precision, d real);",
        into("1.5", "'2.5'", "1e300", "7", "NULL"), into("'x'", "''"),
        [("SELECT count(*) FROM t WHERE c > 2", "3")]),
    Row("uuid", "CREATE TABLE t (c uuid UNIQUE);",
        into("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "NULL", "NULL"),
        into("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'x'",
             "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g'",
             "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1'"),
        [("SELECT c FROM t WHERE c IS NOT NULL",
          "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]),
    Row("DEFAULT gen_random_uuid()",
        "CREATE TABLE t (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), c int);",
        into("1", "2", "3"), ["INSERT INTO t (id) VALUES ('x')",
                              "INSERT INTO t (id, c) SELECT id, c FROM t"],
        [("SELECT count(DISTINCT id) FROM t", "3"),
         (("SELECT count(*) FROM t WHERE substr(id::text, 15, 1) = '4'",
           "SELECT count(*) FROM t WHERE substr(id, 15, 1) = '4'"), "3")]),
    Row("timestamptz", "CREATE TABLE t (c timestamptz);",
        into(("'2024-02-29 12:00:00Z'", "'2024-02-29 12:00:00'"),
             ("'2024-02-29 12:00:00.000001Z'", "'2024-02-29 12:00:00.000001'"), "NULL"),
        into("'2023-02-31 12:00:00'", "'2024-01-01 25:00:00'", "'x'"),
        [(("SELECT max(c) AT TIME ZONE 'UTC' FROM t", "SELECT max(c) FROM t"),
          "2024-02-29 12:00:00.000001")]),
    Row("timestamptz (compact)", "CREATE TABLE t (c timestamptz);",
        into(("'2024-02-29 12:00:00Z'", "'2024-02-29 12:00:00'")),
        into("'1709208000123456789'"),
        [("SELECT count(*) FROM t WHERE c > '2024-02-29 11:59:59'", "1")]),
    Row("date", "CREATE TABLE t (c date);",
        into("'2024-02-29'", "'0001-01-01'", "NULL"),
        into("'2023-02-31'", "'2023-02-29'", "'2023-13-01'", "'x'"),
        [("SELECT max(c) FROM t", "2024-02-29")]),
    Row("time, interval",
        "CREATE TABLE t (c time, d interval,\n"
        "    e interval NOT NULL DEFAULT '1 year 14 mons 3 days 04:05:06.5',\n"
        "    f interval DEFAULT INTERVAL '90 minutes');",
        into("'23:59:59'", "'12:00:00.5'", "NULL")
        + [f"INSERT INTO t (d) VALUES ('{v}')" for v in
           ("P1D", "PT1H30M", "P-1D", "P1Y2M3DT4H5M6.5S", "P1M2DT3M", "PT0S")],
        into("'25:00:00'", "'x'") + ["INSERT INTO t (e) VALUES (NULL)"]
        + [f"INSERT INTO t (d) VALUES ('{v}')" for v in
           ("x", "P", "1DT", "P1H", "PT1D", "P--1D", "P1D2H")],
        [("SELECT max(c) FROM t", "23:59:59"),
         ("SELECT count(*) FROM t WHERE d = 'PT1H30M' OR e <> 'P2Y2M3DT4H5M6.5S' "
          "OR f <> 'PT1H30M'", "1")],
        ["interval is kept as text in ISO's form"]),
    Row("json", "CREATE TABLE t (c json);",
        into("NULL", "'{\"a\": [1, 2]}'", "'3'"), into("'{'", "'x'", "''"),
        [("SELECT count(*) FROM t WHERE c IS NULL", "1")]),
    Row("jsonb", "CREATE TABLE t (c jsonb NOT NULL);\n"
        "CREATE INDEX t_k ON t ((c->>'k'));",
        into("'{\"k\": \"v\"}'", "'{\"k\": \"w\", \"j\": 1}'"), into("NULL", "'{k: 1}'"),
        [("SELECT c->>'k' FROM t WHERE c->>'k' > 'v'", "w")]),
    Row("enum", "CREATE TYPE mood AS ENUM ('sad', 'ok');\nCREATE TABLE t (c mood);",
        into("'sad'", "'ok'", "NULL"), into("'happy'", "''", "'SAD'"), [(COUNT, "3")]),
    Row("enum with order, or changing often",
        "CREATE TABLE mood (v text PRIMARY KEY, ord int NOT NULL UNIQUE) WITHOUT ROWID;\n"
        "CREATE TABLE t (c text NOT NULL REFERENCES mood);",
        ["INSERT INTO mood VALUES ('sad', 1), ('ok', 2)"] + into("'sad'", "'ok'"),
        into("'happy'", "NULL") + ["INSERT INTO mood VALUES ('happy', 2)"],
        [("SELECT max(ord) FROM t JOIN mood ON v = c", "2")]),
    Row("domain", "CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0);\n"
        "CREATE TABLE t (c positive, d positive DEFAULT 1);",
        into("1", "2"), into("0", "NULL", "-1") + ["INSERT INTO t VALUES (1, 0)"],
        [("SELECT sum(d) FROM t", "2")]),
    Row("arrays", "CREATE TABLE t (c int[] NOT NULL);",
        into(("'{1,2}'", "'[1,2]'"), ("'{}'", "'[]'")),
        into("NULL", "'x'", "'3'", ("'{1,2'", "'{1,2}'")), [(COUNT, "2")]),
    Row("arrays (relational)",
        "CREATE TABLE o (id int PRIMARY KEY);\n"
        "CREATE TABLE t (owner_id int REFERENCES o ON DELETE CASCADE, ord int,\n"
        "    c int NOT NULL, PRIMARY KEY (owner_id, ord)) WITHOUT ROWID;",
        ["INSERT INTO o VALUES (1)", "INSERT INTO t VALUES (1, 1, 7), (1, 2, 8)",
         "DELETE FROM o"],
        ["INSERT INTO t VALUES (9, 1, 7)"], [(COUNT, "0")]),
    Row("bytea", "CREATE TABLE t (c bytea);",
        into(("'\\x00ff'", "x'00ff'"), "NULL"), into(("'\\xfg'", "'text'")),
        [("SELECT max(length(c)) FROM t", "2")]),
    Row("inet, cidr, ranges, tsvector, xml, geometric",
        "CREATE TABLE t (c inet, r int4range, d daterange NOT NULL DEFAULT 'empty',\n"
        "    s tsrange, p point);",
        into("'10.0.0.1'", "NULL", "'10.1.0.0/16'", "'::1'", "'2001:db8::/32'")
        + ["INSERT INTO t (p) VALUES ('(1,2)')"]
        + [f"INSERT INTO t (r) VALUES ('{v}')" for v in
           ("[1,3)", "(,3)", "[-7,)", "(,)", "empty")]
        + [f"INSERT INTO t (d) VALUES ('{v}')" for v in
           ("[2024-01-01,2024-03-01)", "(,2024-03-01)")]
        + [f"INSERT INTO t (s) VALUES ('{v}')" for v in
           ("[2024-01-01 00:00:00,2024-01-01 12:00:00.5]", "(,2024-03-01 10:00:00)")],
        [f"INSERT INTO t (r) VALUES ('{v}')" for v in
         ("x", "[3,1)", "[1,3000000000)", "[a,b)", "1,3", "[1;3)", "[1,2,3)")]
        + [f"INSERT INTO t (d) VALUES ('{v}')" for v in
           ("[2024-02-30,2024-03-01)", "[2024-03-01,2024-02-01)", "[x,y)")]
        + into("'x'", "''", "'10.0.0.256'", "'10.0.0.1/33'", "'1::2::3'", "'12345::'")
        + ["INSERT INTO t (s) VALUES ('[2024-01-01 25:00:00,)')",
           "INSERT INTO t (d) VALUES (NULL)"],
        [("SELECT count(*) FROM t WHERE r = 'empty' OR r = '[1,3)'", "2")],
        ["the type is kept as any text", "in the server's own spelling"],
        "tsvector, xml and geometric types: any text; none of all has operators", [],
        ["INSERT INTO t (p) VALUES ('x')"]),
]

COUNTED = [
    Row("now(), CURRENT_TIMESTAMP",
        "CREATE TABLE t (c int, at timestamp NOT NULL DEFAULT now(),\n"
        "    day date NOT NULL DEFAULT CURRENT_DATE);",
        into("1", "2"), ["INSERT INTO t (c, at) VALUES (1, 'x')",
                         "INSERT INTO t (c, at) VALUES (1, NULL)"],
        [(("SELECT count(*) FROM t WHERE abs(extract(epoch FROM now() - at)) < 60",
           "SELECT count(*) FROM t WHERE at > datetime('now', '-1 minute')"), "2"),
         ("SELECT count(*) FROM t WHERE day IS NOT NULL", "2")]),
    Row("GENERATED BY DEFAULT AS IDENTITY, serial",
        "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, c int);\n"
        "CREATE TABLE s (id serial PRIMARY KEY, c int);",
        into("1", "2", "3")
        + ["DELETE FROM t WHERE id = 3", "INSERT INTO s (c) VALUES (7)"] + into("4"),
        ["INSERT INTO t (id, c) VALUES (1, 1)", "INSERT INTO s (id) VALUES (1)"],
        [("SELECT max(id) FROM t", "4"), ("SELECT id FROM s", "1")]),
    Row("START WITH n",
        "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY (START WITH 100)\n"
        "    PRIMARY KEY, c int);",
        into("1", "2"),
        ["INSERT INTO t (id) VALUES ('x')", "INSERT INTO t (id) VALUES (100)"],
        [("SELECT id FROM t WHERE c = 2", "101")]),
    Row("GENERATED ALWAYS",
        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, c int);",
        into("1", "2") + ["UPDATE t SET c = 3 WHERE id = 2"],
        ["INSERT INTO t (id, c) VALUES ('x', 1)", "INSERT INTO t (id, c) VALUES (9, 1)",
         "INSERT INTO t (id, c) VALUES (-1, 1)", "UPDATE t SET id = 9 WHERE id = 1"],
        [("SELECT max(id) FROM t", "2")]),
    Row("CREATE SEQUENCE / nextval",
        "CREATE SEQUENCE sq START WITH 10 INCREMENT BY 5 MAXVALUE 20;\n"
        "CREATE SEQUENCE down INCREMENT BY -1 MINVALUE -2 CYCLE;\n"
        "CREATE TABLE t (id int NOT NULL UNIQUE DEFAULT nextval('sq'), c int,\n"
        "    d bigint DEFAULT nextval('down'::regclass) CHECK (d < 0));",
        into("1", "2", "3") + ["INSERT INTO t (id, c, d) VALUES (5, 4, NULL)"],
        into("9") + ["INSERT INTO t (id) VALUES ('x')", "INSERT INTO t (id) VALUES (15)",
                     "INSERT INTO t (id) VALUES (NULL)",
                     "INSERT INTO t (id, d) VALUES (7, 1)"],
        [("SELECT id FROM t WHERE c = 1", "10"), ("SELECT max(id) FROM t", "20"),
         ("SELECT d FROM t WHERE c = 2", "-2"), ("SELECT d FROM t WHERE c = 3", "-1"),
         ("SELECT last_value FROM sq", "20"),
         ("SELECT count(*) FROM t WHERE d IS NULL", "1")]),
    Row("identity/serial on a non-PK column",
        "CREATE TABLE t (id text PRIMARY KEY, n int GENERATED BY DEFAULT AS IDENTITY\n"
        "    UNIQUE CHECK (n > 0),\n"
        "    m bigint GENERATED ALWAYS AS IDENTITY (START WITH 7),\n"
        "    s smallserial, at timestamp DEFAULT CURRENT_TIMESTAMP -- @touch\n"
        "); -- @append_only",
        ["INSERT INTO t (id, at) VALUES ('a', '2001-01-01 00:00:00'), ('b', NULL)",
         "INSERT INTO t (id) VALUES ('c')", "INSERT INTO t (id, n) VALUES ('d', 40)"],
        ["INSERT INTO t (id, n) VALUES ('e', 'x')",
         "INSERT INTO t (id, n) VALUES ('e', NULL)",
         "INSERT INTO t (id, n) VALUES ('e', 2)",
         "INSERT INTO t (id, n) VALUES ('e', -2)",
         "INSERT INTO t (id, m) VALUES ('e', 30)",
         "INSERT INTO t (id, s) VALUES ('e', NULL)", "UPDATE t SET m = 9",
         "UPDATE t SET n = 9 WHERE id = 'a'", "DELETE FROM t"],
        [("SELECT n, m, s FROM t WHERE id = 'c'", "3|9|3"),
         ("SELECT n, m, s FROM t WHERE id = 'd'", "40|10|4"),
         ("SELECT at FROM t WHERE id = 'a'", "2001-01-01 00:00:00"),
         ("SELECT count(*) FROM t_s_seq", "1")]),
]

CONSTRAINTS = [
    Row("EXCLUDE (c WITH =) WHERE (p)",
        "CREATE TABLE t (c int, d boolean, EXCLUDE (c WITH =) WHERE (d));",
        ["INSERT INTO t VALUES (1, true), (1, false), (1, false), (NULL, true)",
         "INSERT INTO t VALUES (NULL, true)"],
        ["INSERT INTO t VALUES (1, true)", "UPDATE t SET d = true WHERE c = 1"],
        [(COUNT, "5")]),
    Row("EXCLUDE USING gist (room WITH =, r WITH &&)",
        "CREATE EXTENSION btree_gist; -- @only postgres\n"
        "CREATE TABLE t (room int, r int4range,\n"
        "    EXCLUDE USING gist (room WITH =, r WITH &&));",
        ["INSERT INTO t VALUES (1, '[1,3)')", "INSERT INTO t VALUES (1, '[3,4)')",
         "INSERT INTO t VALUES (2, '(,9)'), (1, 'empty'), (1, NULL), (NULL, '(,)')",
         "UPDATE t SET r = '[4,5)' WHERE r = '[3,4)'"],
        ["INSERT INTO t VALUES (1, '[2,3)')", "INSERT INTO t VALUES (2, '[8,)')",
         "INSERT INTO t VALUES (3, '[1,2)'), (3, '(,)')",
         "UPDATE t SET room = 1 WHERE room = 2", "UPDATE t SET r = '(,)' WHERE room = 1"],
        [(COUNT, "6")]),
    Row("UNIQUE NULLS NOT DISTINCT",
        "CREATE TABLE t (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));",
        ["INSERT INTO t VALUES (1, NULL), (1, 0), (NULL, NULL), (NULL, 0)"],
        ["INSERT INTO t VALUES (1, NULL)", "INSERT INTO t VALUES (NULL, NULL)",
         "INSERT INTO t VALUES (1, 0)"], [(COUNT, "4")]),
    Row("INCLUDE (cols)",
        "CREATE TABLE t (a int, b int);\nCREATE UNIQUE INDEX t_a ON t (a) INCLUDE (b);\n"
        "CREATE INDEX t_b ON t (b) INCLUDE (a);",
        ["INSERT INTO t VALUES (1, 1), (2, 1)"], ["INSERT INTO t VALUES (1, 2)"],
        [(COUNT, "2")], ["a unique index in SQLite cannot INCLUDE columns"]),
    Row("CREATE INDEX CONCURRENTLY",
        "CREATE TABLE t (c int);\nCREATE UNIQUE INDEX CONCURRENTLY t_c ON t (c);",
        into("1", "2"), into("1"), [(COUNT, "2")]),
    Row("NULLS FIRST/LAST in index",
        "CREATE TABLE t (c int);\n"
        "CREATE UNIQUE INDEX t_c ON t (c NULLS FIRST);",
        into("1", "NULL", "NULL"), into("1"),
        [("SELECT count(*) FROM (SELECT c FROM t ORDER BY c NULLS LAST LIMIT 1) x "
          "WHERE c = 1", "1")],
        ["NULLS FIRST or LAST is not kept"]),
    Row("partial index predicate",
        "CREATE TABLE t (c int, d timestamp);\n"
        "CREATE UNIQUE INDEX t_c ON t (c) WHERE d IS NULL AND c % 2 = 0;",
        ["INSERT INTO t VALUES (1, NULL), (1, NULL), (2, '2024-01-01 00:00:00')",
         "INSERT INTO t VALUES (2, NULL)"],
        ["INSERT INTO t VALUES (2, NULL)", "UPDATE t SET d = NULL"], [(COUNT, "4")]),
    Row("DEFERRABLE FK",
        "CREATE TABLE p (id int PRIMARY KEY);\n"
        "CREATE TABLE t (c int REFERENCES p DEFERRABLE INITIALLY DEFERRED);",
        ["BEGIN; INSERT INTO t VALUES (1); INSERT INTO p VALUES (1); COMMIT"],
        ["INSERT INTO t VALUES (2)", "DELETE FROM p"], [(COUNT, "1")]),
    Row("DEFERRABLE UNIQUE",
        "CREATE TABLE t (id int PRIMARY KEY,\n"
        "    c int UNIQUE DEFERRABLE INITIALLY DEFERRED);",
        ["INSERT INTO t VALUES (1, 1), (2, 2)"], ["INSERT INTO t VALUES (3, 1)"],
        [(COUNT, "2")], ["never at the end of the transaction"],
        "SQLite has none: swapping two values fails",
        ["UPDATE t SET c = 3 - c"]),
    Row("ON DELETE SET NULL (cols)",
        "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));\n"
        "CREATE TABLE t (a int, b int,\n"
        "    FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL (b));",
        ["INSERT INTO p VALUES (1, 1)", "INSERT INTO t VALUES (1, 1), (2, NULL)"],
        ["INSERT INTO t VALUES (7, 7)", "UPDATE p SET b = 3"],
        [(COUNT, "2"), ("DELETE FROM p", ""),
         ("SELECT a FROM t WHERE b IS NULL ORDER BY a", "1\n2")]),
    Row("regex CHECK (`~`)",
        "CREATE TABLE t (c text CHECK (c ~ '^[a-z]+$'),\n"
        "    d text CHECK (d ~ '.+@.+[.].+'));",
        into("'abc'", "'z'", "NULL") + ["INSERT INTO t (d) VALUES ('a@b.c')"],
        into("''", "'aBc'", "'a1'") + ["INSERT INTO t (d) VALUES ('a@b')",
                                       "INSERT INTO t (d) VALUES ('@b.c')"],
        [(COUNT, "4")]),
    Row("LIKE / ILIKE",
        "CREATE TABLE t (c text CHECK (c LIKE 'a%'), d text CHECK (d ILIKE 'a_c'));",
        into("'abc'", "'a'", "NULL") + ["INSERT INTO t (d) VALUES ('ABC')"],
        into("'Abc'", "'b'") + ["INSERT INTO t (d) VALUES ('abcd')"], [(COUNT, "4")]),
    Row("CHECK with now()",
        "CREATE TABLE t (c timestamp CHECK (c < now()));",
        into("'2001-01-01 00:00:00'", "NULL"),
        into("'x'", "'9001-01-01 00:00:00'")
        + ["UPDATE t SET c = '9001-01-01 00:00:00'"], [(COUNT, "2")]),
    Row("CHECK truth", "CREATE TABLE t (c text CHECK (c <> ''), d boolean CHECK (d));",
        into("'abc'", "'0'", "NULL") + ["INSERT INTO t (d) VALUES (true)"],
        into("''") + ["INSERT INTO t (d) VALUES (false)"], [(COUNT, "4")]),
    Row("FK type mismatch",
        "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE t (c bigint REFERENCES p);",
        ["INSERT INTO p VALUES (1)"] + into("1", "'1'", "NULL"), into("2", "'2'"),
        [(COUNT, "3")]),
    Row("generated STORED",
        "CREATE TABLE t (c int, g int GENERATED ALWAYS AS (c * 2) STORED UNIQUE);",
        into("1", "2"), into("1") + ["INSERT INTO t (c, g) VALUES (3, 3)"],
        [("SELECT sum(g) FROM t", "6")]),
]

OBJECTS = [
    Row("COMMENT ON", T_ID + "\nCOMMENT ON TABLE t IS 'of letters';\n"
        "COMMENT ON COLUMN t.c IS 'a, b or c';",
        ["INSERT INTO t VALUES (1, 'a')"], ["INSERT INTO t VALUES (1, 'b')"],
        [(COUNT, "1"),
         (("SELECT obj_description('t'::regclass)",
           "SELECT comment FROM schemac_comments WHERE object = 'table'"), "of letters"),
         (("SELECT col_description('t'::regclass, 2)",
           "SELECT comment FROM schemac_comments WHERE part = 'c'"), "a, b or c")]),
    Row("schemas",
        "CREATE SCHEMA app;\nCREATE TABLE app.p (id int PRIMARY KEY);\n"
        "CREATE TABLE t (c int REFERENCES app.p);",
        [("INSERT INTO app.p VALUES (1)", "INSERT INTO app__p VALUES (1)")] + into("1"),
        into("2"), [(COUNT, "1")]),
    Row("ON UPDATE CURRENT_TIMESTAMP / BEFORE UPDATE touching NEW",
        "CREATE TABLE t (id int PRIMARY KEY, c int,\n"
        "    at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch\n);",
        ["INSERT INTO t VALUES (1, 1, '2001-01-01 00:00:00')",
         "INSERT INTO t VALUES (2, 1, '2001-01-01 00:00:00')",
         "UPDATE t SET c = 2 WHERE id = 1"],
        ["INSERT INTO t VALUES (3, 1, 'x')"],
        [("SELECT id FROM t WHERE at > '2002-01-01 00:00:00'", "1")]),
    Row("trigger RETURN NULL",
        "CREATE TABLE t (c int); -- @append_only",
        into("1", "2"), ["UPDATE t SET c = 3", "DELETE FROM t"], [(COUNT, "2")]),
    Row("RLS",
        T_ID + "\nALTER TABLE t ENABLE ROW LEVEL SECURITY;\n"
        "CREATE POLICY mine ON t USING (c = current_user);",
        ["INSERT INTO t VALUES (1, 'a')"], ["INSERT INTO t VALUES (1, 'b')"],
        [(COUNT, "1")],
        ["row level security of \"t\" is left out", "policy mine is left out"],
        "no security in SQLite: the base table stays reachable"),
    Row("materialized view",
        "CREATE TABLE t (c int NOT NULL);\n"
        "CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM t;",
        into("1") + [("REFRESH MATERIALIZED VIEW v", "SELECT 1")], into("NULL"),
        [("SELECT n FROM v", "1")],
        ["gives the rows of now, not those of the last REFRESH"],
        "a plain view gives the rows of now"),
    Row("TRUNCATE",
        "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, c int);",
        into("1") + [("TRUNCATE t", "DELETE FROM t")] + into("2"),
        ["INSERT INTO t VALUES (2, 1)"], [("SELECT id FROM t", "2")]),
    Row("roles, GRANT, tablespaces, publications, statistics objects, collations (ICU), "
        "rules",
        T_ID + "\nGRANT SELECT ON t TO PUBLIC;\n"
        "CREATE STATISTICS st ON id, c FROM t;\n"
        "CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING;",
        ["INSERT INTO t VALUES (1, 'a')"], ["INSERT INTO t VALUES (1, 'b')"],
        [(COUNT, "1")],
        ["grant", "statistics st is not kept", "rule quiet is left out"],
        "SQLite has none"),
]

EXPRESSIONS = [
    Row("`IS [NOT] DISTINCT FROM`",
        "CREATE TABLE t (c int, d int, CHECK (c IS DISTINCT FROM d));",
        ["INSERT INTO t VALUES (1, NULL), (NULL, 1), (1, 2)"],
        ["INSERT INTO t VALUES (1, 1)", "INSERT INTO t VALUES (NULL, NULL)"],
        [(COUNT, "3")]),
    Row("`x::type`", "CREATE TABLE t (c text CHECK (c::int > 5));",
        into("'6'", "NULL"), into("'5'", "'-6'"), [(COUNT, "2")]),
    Row("`^`", "CREATE TABLE t (c int CHECK (c ^ 2 < 10));",
        into("3", "-3", "NULL"), into("4"), [(COUNT, "3")]),
    Row("greatest/least",
        "CREATE TABLE t (c int, d int, CHECK (greatest(c, d) > least(c, 5)));",
        ["INSERT INTO t VALUES (1, 2), (NULL, 6), (NULL, NULL), (6, NULL)"],
        ["INSERT INTO t VALUES (NULL, 5)", "INSERT INTO t VALUES (1, NULL)",
         "INSERT INTO t VALUES (2, 1)"], [(COUNT, "4")]),
    Row("concat(), position(), char_length(), extract()",
        "CREATE TABLE t (c text CHECK (char_length(c) < 9 AND position('@' IN c) > 1),\n"
        "    d date CHECK (extract(year FROM d) = 2024));\n"
        "CREATE VIEW v AS SELECT concat(c, NULL, '!') AS x FROM t WHERE c IS NOT NULL;",
        into("'a@b'") + ["INSERT INTO t (d) VALUES ('2024-05-06')"],
        into("'@b'", "'aaaaaaaa@'") + ["INSERT INTO t (d) VALUES ('2023-05-06')"],
        [("SELECT x FROM v", "a@b!")]),
    Row("lower/upper", "CREATE TABLE t (c text CHECK (c = lower(c)));",
        into("'abc'", "'é1'", "NULL"), into("'aBc'"), [(COUNT, "3")],
        ["lower() changes the letters A to Z only"], "ASCII only",
        sqlite_only=into("'É'")),
    Row("int division by zero",
        "CREATE TABLE t (c int, d int, e int NOT NULL DEFAULT 9, CHECK (c / d = 2),\n"
        "    CHECK (e % (d - 5) < 7 AND NOT e / 2 > 100));",
        ["INSERT INTO t (c, d) VALUES (4, 2), (5, 2), (-5, -2)",
         "INSERT INTO t (c, d) VALUES (NULL, 0), (1, NULL)"],
        ["INSERT INTO t (c, d) VALUES (1, 2)", "INSERT INTO t (c, d) VALUES (1, 0)",
         "INSERT INTO t (c, d) VALUES (NULL, 5)", "UPDATE t SET d = 0 WHERE c = 4"],
        [(COUNT, "5")]),
    Row("identifiers", 'CREATE TABLE t (c int, "Order" int, "select" int UNIQUE);',
        ['INSERT INTO t ("Order", "select") VALUES (1, 2)'],
        ['INSERT INTO t ("select") VALUES (2)'], [('SELECT "Order" FROM t', "1")]),
]

# What is no declaration that can be made on both: the message that the compiler gives.
REFUSED = {
    "CHECK with a subquery":
        ("CREATE TABLE t (c int CHECK (c IN (SELECT 1)));", "S0"),
    '`"text"` unknown identifier':
        ('CREATE TABLE t (c text CHECK (c <> "text"));', 'no column'),
}

NETWORK_NOTE = "an address is kept as text in the server's own spelling"

# Beside the rows of the document.
OTHERS = [
    Row("inet", "CREATE TABLE t (c inet UNIQUE DEFAULT '127.0.0.1');",
        into("'0.0.0.0'", "'255.255.255.255'", "'10.0.0.1/24'", "'10.0.0.1/8'", "'::'",
             "'::1'", "'1::'", "'fe80::1/64'", "'1:2:3:4:5:6:7:8'", "'1::3:0:5:6:7'",
             "'1:0:3:4:5:6:7:8'", "'::3:4:5:6:7:8'", "'1:2:3:4:5:6::/127'",
             "'::ffff:10.0.0.1'", "'::10.0.0.1/100'", "'::ffff:1:2:3'", "NULL")
        + ["INSERT INTO t DEFAULT VALUES"],
        into("'10.0.0'", "'10.0.0.1.2'", "'10.0.0.300'", "'10.0.0.1/'", "'10.0.0.1/x'",
             "'10.0.0.1/33'", "'10.0.0.1/24/1'", "'1.2.3.4 5'", "':'", "':1'", "':::'",
             "'1:2:3:4:5:6:7'", "'1:2:3:4:5:6:7:8:9'", "'1::2::3'", "'12345::'", "'g::'",
             "'::1/129'", "'::ffff:10.0.0.256'", "'/8'")
        + into("'10.0.0.1/24'", "'::1'", "'127.0.0.1'"),
        [("SELECT c FROM t WHERE c = '::ffff:10.0.0.1'", "::ffff:10.0.0.1"),
         ("SELECT c FROM t WHERE c = '127.0.0.1'", "127.0.0.1"), (COUNT, "18")],
        [NETWORK_NOTE]),
    Row("inet in other spellings", "CREATE TABLE t (c inet);",
        into("'10.0.0.1'", "'::a'"), into("'x'"), [(COUNT, "2")], [NETWORK_NOTE],
        "the server takes them and writes its own; SQLite cannot",
        into("'10.0.0.1/32'", "'::A'", "'0:0:0:0:0:0:0:1'", "'1:0:0::'", "'01::'",
             "'::ffff:a00:1'", "'::1:1'", "'::1/128'", "'1::3:4:5:6:7:8'")),
    Row("cidr", "CREATE TABLE t (c cidr NOT NULL UNIQUE);",
        into("'10.0.0.0/8'", "'10.128.0.0/9'", "'0.0.0.0/0'", "'10.0.0.1/32'",
             "'2001:db8::/32'", "'::/0'", "'::1/128'"),
        into("'10.0.0.1/8'", "'10.128.0.0/8'", "'10.0.0.0/33'", "'10.0.0.0/8/8'", "'x'",
             "'2001:db8::/129'", "'10.0.0.0/8'", "NULL"),
        [(COUNT, "7")], [NETWORK_NOTE]),
    Row("macaddr", "CREATE TABLE t (c macaddr);",
        into("'08:00:2b:01:02:03'", "'ff:ff:ff:ff:ff:ff'", "NULL"),
        into("'08:00:2b:01:02'", "'08:00:2b:01:02:0g'", "''"),
        [(COUNT, "3")], [NETWORK_NOTE]),
]

ROWS = TYPES + COUNTED + CONSTRAINTS + OBJECTS + EXPRESSIONS

# The other way: what only SQLite says, made on PostgreSQL too.
FROM_SQLITE = [
    Row("AUTOINCREMENT", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, c TEXT);",
        into("'a'", "'b'") + ["DELETE FROM t WHERE id = 2"] + into("'c'"),
        ["INSERT INTO t (id) VALUES (1)", "INSERT INTO t (id) VALUES ('x')"],
        [("SELECT id FROM t WHERE c = 'c'", "3")]),
    Row("INTEGER PRIMARY KEY", "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT);",
        ["INSERT INTO t (id, c) VALUES (7, 'a')"],
        ["INSERT INTO t (id, c) VALUES (7, 'b')", "INSERT INTO t (id) VALUES ('x')"],
        [("SELECT c FROM t WHERE id = 7", "a")],
        why="only SQLite counts it up", sqlite_only=into("'b'")),
    Row("loose types",
        "CREATE TABLE t (c INT, v NVARCHAR(3), d DATETIME, m MEDIUMINT,\n"
        "    x DOUBLE, b BLOB);",
        ["INSERT INTO t (c, v, m) VALUES (1, 'abc', 8)", "INSERT INTO t (x) VALUES (1.5)",
         "INSERT INTO t (d) VALUES ('2024-02-29 12:00:00')"],
        into("'x'") + ["INSERT INTO t (v) VALUES ('abcd')",
                       "INSERT INTO t (d) VALUES ('2023-02-29 12:00:00')",
                       "INSERT INTO t (m) VALUES ('x')",
                       "INSERT INTO t (x) VALUES ('x')"],
        [("SELECT d FROM t WHERE d IS NOT NULL", "2024-02-29 12:00:00")]),
    Row("datetime('now')",
        "CREATE TABLE t (c INT, at DATETIME NOT NULL DEFAULT (datetime('now')),\n"
        "    day DATE NOT NULL DEFAULT (date('now')));",
        into("1"),
        ["INSERT INTO t (at) VALUES (NULL)", "INSERT INTO t (at) VALUES ('x')"],
        [("SELECT count(*) FROM t WHERE at > '2024-01-01 00:00:00'", "1"),
         ("SELECT count(*) FROM t WHERE day = CURRENT_DATE", "1")]),
    Row("WITHOUT ROWID", "CREATE TABLE t (c TEXT PRIMARY KEY, v INT) WITHOUT ROWID;",
        into("'a'", "'b'"), into("'a'", "NULL"), [(COUNT, "2")],
        postgres_notes=["STRICT and WITHOUT ROWID mean nothing in PostgreSQL"]),
    Row("STRICT", "CREATE TABLE t (c INTEGER, d TEXT) STRICT;",
        into("1", "'2'"), into("'x'"), [("SELECT sum(c) FROM t", "3")],
        postgres_notes=["STRICT and WITHOUT ROWID mean nothing in PostgreSQL"]),
    Row("COLLATE NOCASE", "CREATE TABLE t (c TEXT COLLATE NOCASE UNIQUE);",
        into("'a'", "'b'"), into("'a'"), [("SELECT c FROM t WHERE c = 'b'", "b")],
        why="PostgreSQL has no such collation", postgres_only=into("'A'"),
        postgres_notes=["letters compare with their case"]),
    Row("generated VIRTUAL",
        "CREATE TABLE t (c INT, x INT GENERATED ALWAYS AS (c * 2) VIRTUAL);",
        into("1", "2"), ["INSERT INTO t (c, x) VALUES (1, 1)"],
        [("SELECT sum(x) FROM t", "6")],
        postgres_notes=["PostgreSQL 15 stores generated columns"]),
    Row("ON CONFLICT REPLACE",
        "CREATE TABLE t (c INT UNIQUE ON CONFLICT REPLACE);",
        into("1", "2"), into("'x'"), [(COUNT, "2")],
        why="PostgreSQL refuses the row", sqlite_only=into("1"),
        postgres_notes=["ON CONFLICT of a constraint is SQLite's"]),
    Row("ifnull(), IS of any value",
        "CREATE TABLE t (c INT CHECK (ifnull(c, 1) > 0), d INT CHECK (d IS NOT c));",
        ["INSERT INTO t VALUES (1, 2), (NULL, 3)"],
        ["INSERT INTO t VALUES (0, 1)", "INSERT INTO t VALUES (NULL, NULL)",
         "INSERT INTO t VALUES (4, 4)"], [(COUNT, "2")]),
]

# What PostgreSQL cannot have is refused there, with a reason; SQLite has it.
ONLY_SQLITE = {
    "a trigger":
        ("CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT);\n"
         "CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM t; END;",
         '"tr" is written for SQLite; keep it there with -- @only sqlite'),
    "GLOB": ("CREATE TABLE t (c TEXT CHECK (c GLOB '[a-z]*'));",
             "PostgreSQL has no operator GLOB"),
    "strftime()": ("CREATE TABLE t (c TEXT, w TEXT AS (strftime('%w', c)) STORED);",
                   "PostgreSQL has no function strftime()"),
    "typeof()": ("CREATE TABLE t (c INT CHECK (typeof(c) = 'integer'));",
                 "PostgreSQL has no function typeof()"),
    "a virtual table": ("CREATE VIRTUAL TABLE ft USING fts5(c);",
                        '"ft" is written for SQLite'),
    "rowid": ("CREATE TABLE t (c TEXT);\nCREATE VIEW v AS SELECT rowid AS r FROM t;",
              "PostgreSQL has no rowid"),
}

# What SQLite cannot have is left out there, with a reason; PostgreSQL has it.
ONLY_POSTGRES = {
    "ctid": ("CREATE TABLE t (c text);\nCREATE VIEW v AS SELECT ctid AS r FROM t;",
             "SQLite has no ctid"),
}
