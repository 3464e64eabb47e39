"""Routines, triggers, rules and policies on real engines: what `ddl` prints of them is to
pg_dump what the statements themselves make, however they were written; and what a
migration leaves goes on working.
"""

import sqlite3

from runner.databases import check_same, created, loaded, psql, written
from runner.engines import params

TABLES = """
CREATE TABLE t (id integer CONSTRAINT t_key PRIMARY KEY, name text,
    amount numeric(10, 2), owner text);
CREATE TABLE log (id integer, what text, at timestamptz DEFAULT now());
CREATE VIEW v AS SELECT id, name FROM t;
"""
TRIGGER_FUNCTION = """
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (id, what) VALUES (coalesce(NEW.id, OLD.id), TG_OP ||
        coalesce(TG_ARGV[0], ''));
    RETURN coalesce(NEW, OLD);
END $$;
"""

FORMS = {
    "arguments": """
        CREATE FUNCTION f(a int4, IN b varchar(20) = 'x', OUT c text) STABLE
            LANGUAGE 'plpgsql' STRICT SET search_path = public, pg_temp
            AS $x$ begin c := $$it's$$ || b; end $x$;
        CREATE FUNCTION f(a text, b varchar = NULL) RETURNS int LANGUAGE sql IMMUTABLE
            AS E'select length(a) -- \\\\ backslash\\n';
        CREATE FUNCTION f(INOUT x numeric(8, 2), VARIADIC xs timestamp(3) with time
            zone[])
            AS 'begin end' LANGUAGE plpgsql;
        CREATE FUNCTION g(double precision, bit varying(3), "char", char(3), int8[])
            RETURNS SETOF record AS 'select 1, 2' LANGUAGE sql ROWS 7 COST 13;
        CREATE FUNCTION h() RETURNS TABLE (a int, "B c" text) AS 'select 1, ''x''::text'
            LANGUAGE sql PARALLEL SAFE LEAKPROOF SECURITY DEFINER;""",
    "options": """
        CREATE FUNCTION a() RETURNS void LANGUAGE plpgsql EXTERNAL SECURITY INVOKER
            CALLED ON NULL INPUT NOT LEAKPROOF VOLATILE PARALLEL UNSAFE COST 100
            AS 'begin end';
        CREATE FUNCTION b(integer) RETURNS void RETURNS NULL ON NULL INPUT
            SET "datestyle" TO 'ISO, MDY' SET enable_seqscan = off SET work_mem = 4096
            SET search_path TO '' SET TIME ZONE 'UTC' AS 'begin end' LANGUAGE plpgsql;
        ALTER FUNCTION b RESET work_mem STABLE;
        ALTER FUNCTION a() SET statement_timeout TO 5;
        ALTER FUNCTION a() RENAME TO a2;
        CREATE SCHEMA s;
        ALTER ROUTINE b(int) SET SCHEMA s;
        CREATE PROCEDURE p(INOUT x int, y int DEFAULT 3) LANGUAGE plpgsql AS 'begin end';
        ALTER PROCEDURE p(int, int) SECURITY DEFINER;
        CREATE OR REPLACE FUNCTION a2() RETURNS void LANGUAGE plpgsql AS
            'begin null; end';""",
    "standard-bodies": """
        CREATE FUNCTION one(a integer) RETURNS integer LANGUAGE sql RETURN a + 1;
        CREATE FUNCTION a_caller(a integer DEFAULT one(1)) RETURNS integer RETURN
            one(one(a));
        CREATE FUNCTION rows_of() RETURNS SETOF t BEGIN ATOMIC
            SELECT id, CASE WHEN id > 1 THEN CASE name WHEN 'a' THEN 'b' END ELSE name
                END,
                amount, owner FROM t;
        END;
        CREATE PROCEDURE fill(n integer) BEGIN ATOMIC
            INSERT INTO log (id) VALUES (n);
            DELETE FROM log WHERE id = one(n);
        END;""",
    "rows-as-types": """
        CREATE FUNCTION full_name(t) RETURNS text LANGUAGE sql STABLE AS 'select $1.name';
        CREATE FUNCTION of_view(v) RETURNS SETOF v LANGUAGE sql AS 'select $1.*';
        CREATE VIEW names AS SELECT full_name(t) AS n FROM t;""",
    "aggregates": """
        CREATE AGGREGATE total(numeric) (sfunc = numeric_add, stype = numeric, initcond
            = '0',
            parallel = safe);
        CREATE AGGREGATE old_total (basetype = float8, sfunc = float8pl, stype = float8);
        CREATE AGGREGATE rows(*) (sfunc = int8inc, stype = int8, initcond = 0);
        CREATE AGGREGATE my_percentile(float8 ORDER BY anyelement)
            (sfunc = ordered_set_transition, stype = internal,
             finalfunc = percentile_disc_final, finalfunc_extra);
        CREATE FUNCTION plus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE
            AS 'select a + b';
        CREATE AGGREGATE sum_of(integer) (stype = int, sfunc = public.plus);""",
    "triggers": TRIGGER_FUNCTION + """
        CREATE TRIGGER a AFTER UPDATE OF name, amount OR INSERT ON t FOR EACH ROW
            WHEN (NEW.name IS NOT NULL) EXECUTE PROCEDURE noted('it''s', 1, word);
        CREATE TRIGGER b BEFORE DELETE OR TRUNCATE ON t FOR STATEMENT EXECUTE FUNCTION
            noted();
        CREATE CONSTRAINT TRIGGER c AFTER INSERT ON public.t FROM log
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION noted();
        CREATE TRIGGER d AFTER UPDATE ON t REFERENCING NEW TABLE AS n OLD TABLE o
            FOR EACH STATEMENT EXECUTE FUNCTION noted();
        CREATE TRIGGER e INSTEAD OF INSERT OR DELETE ON v FOR EACH ROW EXECUTE FUNCTION
            noted();
        CREATE TRIGGER f BEFORE UPDATE ON t FOR EACH ROW
            WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION noted();
        CREATE OR REPLACE TRIGGER f AFTER INSERT ON t EXECUTE FUNCTION noted();
        ALTER TRIGGER d ON t RENAME TO d2;
        ALTER TABLE t DISABLE TRIGGER a;
        ALTER TABLE t ENABLE ALWAYS TRIGGER b, ENABLE REPLICA TRIGGER d2;""",
    "rules": """
        CREATE RULE a AS ON DELETE TO v DO INSTEAD DELETE FROM t WHERE t.id = OLD.id;
        CREATE RULE b AS ON INSERT TO v WHERE NEW.id > 3 DO ALSO
        
                (INSERT INTO log VALUES (NEW.id, 'new');
                 UPDATE t SET owner = 'x' WHERE id = NEW.id);
        CREATE RULE c AS ON UPDATE TO t DO NOTHING;
        CREATE OR REPLACE RULE c AS ON UPDATE TO t WHERE OLD.id <> NEW.id DO INSTEAD
            NOTHING;
        ALTER RULE a ON v RENAME TO a2;
        CREATE TABLE w (a integer, b text);
        CREATE RULE "_RETURN" AS ON SELECT TO w DO INSTEAD SELECT id AS a, name AS b
            FROM t;""",
    "policies": """
        ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY a ON t;
        CREATE POLICY b ON t AS RESTRICTIVE FOR SELECT TO CURRENT_USER, public USING
            (true);
        CREATE POLICY c ON t FOR INSERT TO CURRENT_USER WITH CHECK (owner = current_user);
        CREATE POLICY d ON t USING (EXISTS (SELECT 1 FROM log WHERE log.id = t.id AND
            what = name));
        ALTER POLICY a ON t USING (id > 3) WITH CHECK (amount < 5);
        ALTER POLICY d ON t RENAME TO d2;""",
    "carried-through-renames": TRIGGER_FUNCTION + """
        CREATE TRIGGER a AFTER UPDATE OF name ON t FOR EACH ROW WHEN (NEW.name > OLD.name)
            EXECUTE FUNCTION noted();
        CREATE POLICY p ON t USING (name = 'x' AND id IN (SELECT l.id FROM log l WHERE
            l.what = t.name));
        CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (id, what) VALUES
            (OLD.id, OLD.name);
        CREATE FUNCTION of(t) RETURNS SETOF t LANGUAGE plpgsql AS 'begin end';
        ALTER TABLE t RENAME COLUMN name TO title;
        ALTER TABLE log RENAME COLUMN what TO event;
        ALTER TABLE log RENAME TO events;
        ALTER TABLE t RENAME TO things;""",
}


@params(*FORMS)
def test_same_to_pg_dump(env, name):
    text = TABLES + FORMS[name]
    path = written(env, "forms.sql", text)
    itself = loaded(env, text)
    env.same_schema(itself, created(env, path))
    printed = written(env, "printed.sql", env.ok("print", path))
    env.same_schema(itself, created(env, printed))
    env.equal(env.ok("print", printed), printed.read_text(), "printed again")


# name: (old, new), each behind TABLES
CHANGES = {
    "body": ("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';"
             "CREATE VIEW w AS SELECT f(id) FROM t;",
             "CREATE FUNCTION f(a int, OUT b int) LANGUAGE sql STABLE AS 'select 2';"
             "CREATE VIEW w AS SELECT f(id) FROM t;".replace(", OUT b int)", ")"
             " RETURNS int")),
    "overloads": ("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';"
                  "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'select 1';",
                  "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';"
                  "CREATE FUNCTION f(a text, b text) RETURNS int LANGUAGE sql AS"
                  " 'select 2';"),
    "result": ("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';",
               "CREATE FUNCTION f(b int) RETURNS bigint LANGUAGE sql AS 'select"
               " 1::bigint';"),
    "trigger": (TRIGGER_FUNCTION + "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW"
                " EXECUTE FUNCTION noted();",
                TRIGGER_FUNCTION.replace("RETURN coalesce", "RAISE NOTICE 'x'; RETURN"
                " coalesce")
                + "CREATE TRIGGER a AFTER INSERT OR DELETE ON t FOR EACH ROW"
                " EXECUTE FUNCTION noted();"
                "ALTER TABLE t ENABLE ALWAYS TRIGGER a;"),
    "trigger-state": (TRIGGER_FUNCTION + "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW"
                      " EXECUTE FUNCTION noted();",
                      TRIGGER_FUNCTION + "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW"
                      " EXECUTE FUNCTION noted(); ALTER TABLE t DISABLE TRIGGER a;"),
    "policy": ("CREATE POLICY p ON t USING (owner = 'a');",
               "CREATE POLICY p ON t TO CURRENT_USER USING (owner = 'b') WITH CHECK"
               " (id > 0);"),
    "policy-kind": ("CREATE POLICY p ON t USING (owner = 'a');",
                    "CREATE POLICY p ON t AS RESTRICTIVE FOR SELECT USING (owner ="
                    " 'a');"),
    "rule": ("CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;",
             "CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (id) VALUES"
             " (OLD.id);"),
    "aggregate": ("CREATE AGGREGATE a(int) (sfunc = int4pl, stype = int, initcond ="
                  " '0');",
                  "CREATE AGGREGATE a(int) (sfunc = int4pl, stype = int, initcond = '7');"
                  "CREATE AGGREGATE a(bigint) (sfunc = int8pl, stype = int8);"),
    "gone": (TRIGGER_FUNCTION + "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW"
             " EXECUTE FUNCTION noted(); CREATE PROCEDURE p(INOUT a int) LANGUAGE"
             " plpgsql AS"
             " 'begin end'; CREATE AGGREGATE x(*) (sfunc = int8inc, stype = int8,"
             " initcond = 0);", ""),
}


@params(*CHANGES)
def test_there_and_back(env, name):
    old, new = (TABLES + text for text in CHANGES[name])
    old_path, new_path = written(env, "old.sql", old), written(env, "new.sql", new)
    url = created(env, old_path)
    psql(env, url, "INSERT INTO t VALUES (1, 'a', 1, 'a'), (2, 'b', 2, 'b')")
    psql(env, url, env.ok("diff", "--dialect", "postgres", old_path, new_path))
    env.same_schema(url, loaded(env, new))
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--down", old_path, new_path))
    env.same_schema(url, loaded(env, old))
    env.equal(psql(env, url, "SELECT count(*) FROM t"), "2\n", "rows")


def test_a_called_function_is_made_anew_under_what_calls_it(env):
    old = TABLES + ("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';"
                    "CREATE VIEW w AS SELECT f(id) FROM t;")
    new = old.replace("RETURNS int ", "RETURNS text ").replace("'select 1'", "'select"
                " ''a'''")
    old_path, new_path = written(env, "old.sql", old), written(env, "new.sql", new)
    url = created(env, old_path)
    psql(env, url, "INSERT INTO t VALUES (1, 'a', 1, 'a')")
    psql(env, url, env.ok("diff", "--dialect", "postgres", old_path, new_path))
    env.equal(psql(env, url, "SELECT f FROM w"), "a\n", "the view over the new function")
    check_same(env, url, created(env, new_path), "the migrated database")


def test_triggers_fire_after_a_migration(env):
    old = TABLES + TRIGGER_FUNCTION + (
        "CREATE TRIGGER a AFTER UPDATE ON t FOR EACH ROW WHEN (OLD.name <> NEW.name)"
        " EXECUTE FUNCTION noted('!');")
    new = old.replace("amount numeric(10, 2)", "amount numeric(12, 2), more"
                " text").replace(
        "AFTER UPDATE", "AFTER INSERT OR UPDATE").replace(
            "WHEN (OLD.name <> NEW.name)", "WHEN (NEW.name <> 'b')")
    old_path, new_path = written(env, "old.sql", old), written(env, "new.sql", new)
    url = created(env, old_path)
    psql(env, url, "INSERT INTO t VALUES (1, 'a', 1, 'a')")
    psql(env, url, env.ok("diff", "--dialect", "postgres", old_path, new_path))
    psql(env, url, "INSERT INTO t VALUES (2, 'b'), (3, 'c'); UPDATE t SET name = 'd'")
    env.equal(psql(env, url, "SELECT id || what FROM log ORDER BY 1"),
              "1UPDATE!\n2UPDATE!\n3INSERT!\n3UPDATE!\n", "fired")


# ---- SQLite ----

LITE = """
CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, amount INTEGER);
CREATE TABLE log (id INTEGER, what TEXT);
CREATE VIEW v AS SELECT id, name FROM t;
CREATE TRIGGER IF NOT EXISTS ins AFTER INSERT ON t WHEN NEW.amount > 0 BEGIN
    INSERT INTO log VALUES (NEW.id, 'ins' || ifnull(NEW.name, '?'));
END;
CREATE TRIGGER upd BEFORE UPDATE OF name, amount ON t FOR EACH ROW BEGIN
    SELECT CASE WHEN NEW.amount < 0 THEN RAISE(ABORT, 'no; never') END;
    INSERT OR REPLACE INTO log (id, what) SELECT OLD.id, count(*) FROM t WHERE t.id <=
        OLD.id;
    UPDATE log SET what = what || '+' WHERE id = NEW.id AND EXISTS (SELECT 1 FROM t);
    DELETE FROM log WHERE id = 99;
END;
CREATE TRIGGER ins_v INSTEAD OF INSERT ON v BEGIN
    INSERT INTO t (id, name, amount) VALUES (NEW.id, NEW.name, 1)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name;
END;
"""
WORK = """
INSERT INTO t VALUES (1, 'a', 5), (2, NULL, 0);
UPDATE t SET amount = 7;
INSERT INTO v (id, name) VALUES (3, 'c');
INSERT INTO v (id, name) VALUES (1, 'z');
"""


def outcome(env, database):
    connection = sqlite3.connect(database)
    connection.executescript(WORK)
    try:
        connection.execute("UPDATE t SET amount = -1")
        env.check(False, "RAISE did not raise")
    except sqlite3.IntegrityError as error:
        env.equal(str(error), "no; never", "what RAISE says")
    rows = (connection.execute("SELECT * FROM log ORDER BY 1, 2").fetchall(),
            connection.execute("SELECT id, name, amount FROM t ORDER BY 1").fetchall())
    connection.close()
    return rows


def test_triggers_of_sqlite_do_the_same(env):
    path = written(env, "lite.sql", LITE)
    itself = env.sqlite("itself.db", LITE)
    ours = env.sqlite("ours.db", env.ok("ddl", "--dialect", "sqlite", path))
    env.equal(outcome(env, ours), outcome(env, itself), "what the triggers did")


def test_triggers_of_sqlite_follow_a_rebuild(env):
    old = written(env, "old.sql", LITE)
    new = written(env, "new.sql", LITE.replace("amount INTEGER", "amount INTEGER NOT"
                " NULL"))
    ours = env.sqlite("ours.db", env.ok("ddl", "--dialect", "sqlite", old))
    script = env.ok("diff", "--dialect", "sqlite", old, new)
    connection = sqlite3.connect(ours)
    connection.executescript(script)
    connection.close()
    env.equal(outcome(env, ours), outcome(env, env.sqlite("itself.db", LITE)), "the same")
