"""Domains, types, sequences, schemas, statistics and grants on a real server.

What `ddl --dialect postgres` makes of the statements is what the server makes of them,
and what `diff` prints leads from one to the other.
"""

from runner.databases import case, psql, written
from runner.engines import params


ROLES = """
    DO $$ BEGIN CREATE ROLE alice; EXCEPTION WHEN duplicate_object
        OR unique_violation THEN END $$;
    DO $$ BEGIN CREATE ROLE bob; EXCEPTION WHEN duplicate_object
        OR unique_violation THEN END $$;
    DO $$ BEGIN CREATE ROLE carol; EXCEPTION WHEN duplicate_object
        OR unique_violation THEN END $$;
    """


def database(env):
    """A new one; its server has the roles that the statements name."""
    url = env.postgres()
    psql(env, url, ROLES)
    return url


DECLARED = {
    "sequence": """
        CREATE SEQUENCE plain;
        CREATE SEQUENCE IF NOT EXISTS plain;
        CREATE SEQUENCE small AS smallint INCREMENT BY 2 MINVALUE 10 MAXVALUE 100
            START WITH 20 CACHE 5 CYCLE;
        CREATE SEQUENCE down INCREMENT -1;
        CREATE UNLOGGED SEQUENCE loose MINVALUE -5 NO MAXVALUE;
        CREATE TABLE t (id integer, other bigint DEFAULT nextval('plain'));
        CREATE SEQUENCE owned AS integer OWNED BY t.id;
        ALTER SEQUENCE down AS smallint;
        ALTER SEQUENCE small RESTART WITH 30 NO CYCLE OWNED BY t.other;
        ALTER SEQUENCE plain RENAME TO fancy;
        ALTER TABLE t RENAME TO goods;
        ALTER TABLE goods RENAME COLUMN id TO code;
        INSERT INTO goods (code) VALUES (1), (2);
        """,
    "sequence-type": """
        CREATE SEQUENCE a AS smallint;
        ALTER SEQUENCE a AS bigint;
        CREATE SEQUENCE b AS smallint MAXVALUE 100;
        ALTER SEQUENCE b AS integer;
        CREATE SEQUENCE c START 7;
        ALTER SEQUENCE c MINVALUE 5;
        CREATE SEQUENCE d;
        ALTER SEQUENCE d INCREMENT BY -1;
        CREATE SEQUENCE e;
        DROP SEQUENCE e;
        """,
    "sequence-goes-with-its-owner": """
        CREATE TABLE t (a int, b int);
        CREATE SEQUENCE s OWNED BY t.a;
        CREATE SEQUENCE u OWNED BY t.b;
        CREATE SEQUENCE v OWNED BY t.b;
        ALTER SEQUENCE v OWNED BY NONE;
        ALTER TABLE t DROP COLUMN b;
        """,
    "domain": """
        CREATE DOMAIN amount AS numeric(10, 2) DEFAULT 0 NOT NULL CHECK (VALUE >= 0)
            CHECK (value < 1000000);
        CREATE DOMAIN code AS varchar(10) COLLATE "C"
            CONSTRAINT upper_case CHECK (VALUE = upper(VALUE));
        CREATE DOMAIN price AS amount CHECK (VALUE <> 17);
        CREATE TABLE goods (c code PRIMARY KEY, p price, q amount[]);
        ALTER DOMAIN code SET NOT NULL;
        ALTER DOMAIN amount DROP NOT NULL;
        ALTER DOMAIN amount SET DEFAULT 1;
        ALTER DOMAIN amount DROP CONSTRAINT amount_check1;
        ALTER DOMAIN amount ADD CONSTRAINT most CHECK (VALUE < 5000) NOT VALID;
        ALTER DOMAIN amount RENAME CONSTRAINT most TO limited;
        ALTER DOMAIN price ADD CHECK (VALUE <> 18) NOT VALID;
        ALTER DOMAIN price VALIDATE CONSTRAINT price_check1;
        ALTER DOMAIN code RENAME TO label;
        INSERT INTO goods (c, p) VALUES ('A', 5), ('B', NULL);
        """,
    "domain-over-an-enum": """
        CREATE TYPE mood AS ENUM ('sad', 'happy');
        CREATE DOMAIN good_mood AS mood CHECK (VALUE = 'happy');
        CREATE TYPE pair AS (a good_mood, b mood[]);
        CREATE DOMAIN pairs AS pair;
        CREATE TABLE people (name text, m good_mood DEFAULT 'happy', p pairs);
        ALTER TYPE mood RENAME TO feeling;
        INSERT INTO people (name) VALUES ('A');
        """,
    "composite": """
        CREATE TYPE nothing AS ();
        CREATE TYPE address AS (street text COLLATE "C", number integer);
        CREATE TYPE person AS (name varchar(20), lives address);
        ALTER TYPE address ADD ATTRIBUTE city text, DROP ATTRIBUTE number;
        ALTER TYPE address RENAME ATTRIBUTE street TO way;
        ALTER TYPE address ALTER ATTRIBUTE city SET DATA TYPE varchar(30);
        ALTER TYPE address RENAME TO place;
        CREATE TABLE people (id integer PRIMARY KEY, who person, at place[]);
        """,
    "range": """
        CREATE TYPE floatrange AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
        CREATE TYPE textrange AS RANGE (subtype = text, collation = "C",
            multirange_type_name = textranges);
        CREATE TABLE t (a floatrange, b floatmultirange, c textranges);
        """,
    "type-moves": """
        CREATE SCHEMA s;
        CREATE DOMAIN d AS integer CHECK (VALUE > 0);
        CREATE TYPE c AS (x d);
        CREATE TYPE e AS ENUM ('a');
        CREATE TABLE t (x d, y c, z e);
        CREATE FUNCTION f(x d, OUT y c) LANGUAGE plpgsql AS 'BEGIN RETURN; END';
        CREATE FUNCTION g(x e[]) RETURNS d LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
        ALTER DOMAIN d SET SCHEMA s;
        ALTER TYPE c SET SCHEMA s;
        ALTER TYPE e SET SCHEMA s;
        CREATE SEQUENCE q;
        ALTER SEQUENCE q SET SCHEMA s;
        """,
    "drops": """
        CREATE DOMAIN a AS integer;
        CREATE DOMAIN b AS a;
        CREATE TYPE c AS (x a);
        CREATE TABLE t (id integer, x a, y b);
        CREATE DOMAIN kept AS integer;
        DROP DOMAIN a CASCADE;
        CREATE SEQUENCE s;
        CREATE TABLE u (n bigint DEFAULT nextval('s'));
        DROP SEQUENCE s CASCADE;
        """,
}


CASES = ("cases/print/comments-on-everything", "cases/print/schemas-renamed-and-dropped",
         "cases/print/grants-in-one-order", "bugs/print/renamed-type-and-value-in-code")


@params(*DECLARED, *CASES)
def test_same_as_declared(env, name):
    sql = DECLARED.get(name) or case(env, name)
    plain, ours = database(env), database(env)
    path = written(env, "declared.sql", sql)
    psql(env, plain, sql)
    psql(env, ours, env.ok("ddl", "--dialect", "postgres", path))
    env.same_schema(plain, ours)
    printed = written(env, "printed.sql", env.ok("print", path))
    env.equal(env.ok("print", printed), printed.read_text(), "print and print again")


CHANGED = {
    "sequence": ("""
        CREATE TABLE t (id integer);
        CREATE SEQUENCE s AS smallint MAXVALUE 100 CYCLE OWNED BY t.id;
        CREATE SEQUENCE up;
        CREATE SEQUENCE gone;
        """, """
        CREATE TABLE t (id integer);
        CREATE SEQUENCE s INCREMENT BY 2 MINVALUE -10 START WITH 20 CACHE 3;
        CREATE SEQUENCE up INCREMENT BY -1 OWNED BY t.id;
        CREATE SEQUENCE fresh OWNED BY t.id;
        """),
    "domain": ("""
        CREATE DOMAIN d AS integer DEFAULT 1 CHECK (VALUE > 0)
            CONSTRAINT a CHECK (VALUE < 9);
        CREATE TABLE t (x d);
        """, """
        CREATE DOMAIN d AS integer NOT NULL DEFAULT 2 CHECK (VALUE > 0)
            CONSTRAINT a CHECK (VALUE < 99) CONSTRAINT b CHECK (VALUE <> 5);
        CREATE DOMAIN e AS d;
        CREATE TABLE t (x d, y e DEFAULT 3);
        """),
    "composite": ("""
        CREATE TYPE c AS (x integer, y text, z date);
        CREATE TABLE t (a c);
        """, """
        CREATE TYPE c AS (x integer, z date, w numeric);
        CREATE TABLE t (a c);
        """),
    "composite-alone": ("CREATE TYPE c AS (x integer, y text);",
                        "CREATE TYPE c AS (x bigint, y text COLLATE \"C\");"),
    "comments": ("""
        CREATE SEQUENCE q;
        COMMENT ON SEQUENCE q IS 'numbers';
        CREATE DOMAIN d AS integer CONSTRAINT a CHECK (VALUE > 0);
        COMMENT ON DOMAIN d IS 'dom';
        COMMENT ON CONSTRAINT a ON DOMAIN d IS 'positive';
        CREATE TYPE c AS (x integer, y integer);
        COMMENT ON COLUMN c.x IS 'the x';
        CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        COMMENT ON FUNCTION f(integer) IS 'one';
        """, """
        CREATE SEQUENCE q;
        CREATE DOMAIN d AS integer CONSTRAINT a CHECK (VALUE > 0);
        COMMENT ON DOMAIN d IS 'domain';
        COMMENT ON CONSTRAINT a ON DOMAIN d IS 'more than nothing';
        CREATE TYPE c AS (x integer, y integer);
        COMMENT ON TYPE c IS 'pair';
        COMMENT ON COLUMN c.y IS 'the y';
        CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2';
        COMMENT ON FUNCTION f(integer) IS 'uno';
        """),
    "grants": ("""
        CREATE TABLE t (a integer, b integer);
        CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE SEQUENCE q;
        GRANT ALL ON t TO alice;
        GRANT SELECT (a, b) ON t TO bob WITH GRANT OPTION;
        GRANT INSERT ON t TO bob;
        REVOKE ALL ON FUNCTION f() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION f() TO alice;
        GRANT USAGE ON SEQUENCE q TO alice;
        """, """
        CREATE TABLE t (a integer, b integer);
        CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE SEQUENCE q;
        GRANT SELECT, UPDATE (b) ON t TO alice;
        GRANT SELECT (b) ON t TO bob;
        GRANT INSERT ON t TO bob WITH GRANT OPTION;
        GRANT USAGE, UPDATE ON SEQUENCE q TO alice;
        """),
    "renamed": ("""
        CREATE DOMAIN d AS integer CHECK (VALUE > 0);
        CREATE TABLE t (x d);
        CREATE SEQUENCE s;
        """, """
        -- @was d
        CREATE DOMAIN e AS integer CHECK (VALUE > 0);
        CREATE TABLE t (x e);
        -- @was s
        CREATE SEQUENCE r;
        """),
}


@params(*CHANGED)
def test_diff_leads_there(env, name):
    old, new = CHANGED[name]
    url, fresh = database(env), database(env)
    ends = [written(env, "old.sql", old), written(env, "new.sql", new)]
    psql(env, url, env.ok("ddl", "--dialect", "postgres", ends[0]))
    psql(env, fresh, new)
    psql(env, url, env.ok("diff", "--dialect", "postgres", *ends))
    env.same_schema(url, fresh)
