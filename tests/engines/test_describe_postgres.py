"""`describe` of a live PostgreSQL database, and such a database as a SOURCE."""

import os
import re
import time
from pathlib import Path

from runner.base import Skip
from runner.databases import loaded, psql, written
from runner.engines import params
from runner.postgres import find_program

EVERYTHING = (Path(__file__).parent / "describe/everything.sql").read_text()

SHOP = """
CREATE SCHEMA shop;
CREATE SCHEMA stock;
CREATE TYPE stock.unit AS ENUM ('piece', 'kg');
CREATE TABLE stock.goods (id integer PRIMARY KEY, unit stock.unit NOT NULL, name text);
CREATE TABLE shop.customers (id integer PRIMARY KEY, name text DEFAULT 'x');
CREATE TABLE shop.orders (
    id       integer PRIMARY KEY,
    customer integer CONSTRAINT orders_customer REFERENCES shop.customers,
    goods    integer CONSTRAINT orders_goods REFERENCES stock.goods
);
CREATE VIEW shop.names AS SELECT c.name FROM shop.customers c;
CREATE VIEW shop.sold AS
    SELECT g.name FROM stock.goods g JOIN shop.orders o ON o.goods = g.id;
CREATE VIEW shop.sold_twice AS SELECT s.name FROM shop.sold s WHERE s.name IS NOT NULL;
CREATE TABLE shop_log (id integer);
CREATE INDEX shop_log_id ON shop_log (id);
"""


def test_everything_there_and_back(env):
    """The database that the description makes is the one that was described."""
    url = loaded(env, EVERYTHING)
    described = written(env, "described.sql", env.ok("describe", url))
    again = loaded(env, env.ok("ddl", "-q", described))
    env.same_schema(url, again)
    env.equal(env.ok("describe", again), described.read_text(), "described once more")


def test_described_twice(env):
    url = loaded(env, EVERYTHING)
    env.equal(env.ok("describe", url), env.ok("describe", url), "the same bytes")


def test_order_of_making_is_no_fact(env):
    one = loaded(env, "CREATE TABLE a (x integer); CREATE TABLE b (y integer);"
                      "CREATE VIEW v AS SELECT x FROM a; COMMENT ON TABLE a IS 'a';")
    other = loaded(env, "CREATE TABLE b (y integer); CREATE TABLE a (x integer);"
                        "COMMENT ON TABLE a IS 'a'; CREATE VIEW v AS SELECT x FROM a;")
    env.equal(env.ok("describe", one), env.ok("describe", other), "the same bytes")


def test_settings_of_the_database_change_nothing(env):
    url = loaded(env, EVERYTHING)
    before = env.ok("describe", url)
    name = re.search("///(\\w+)", url).group(1)
    for setting in ("search_path = app, public", "datestyle = 'German'",
                    "timezone = 'Asia/Tokyo'", "intervalstyle = 'iso_8601'",
                    "extra_float_digits = -5", "bytea_output = 'escape'",
                    "quote_all_identifiers = on", "standard_conforming_strings = off",
                    "client_encoding = 'LATIN1'", "default_transaction_read_only = on"):
        psql(env, url, f"ALTER DATABASE {name} SET {setting}")
    env.equal(env.ok("describe", url), before, "the same bytes")


def test_plain_role_sees_the_same(env):
    url = loaded(env, EVERYTHING)
    psql(env, url, "DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN")
    env.equal(env.ok("describe", url.replace("user=postgres", "user=plain")),
              env.ok("describe", url), "the same bytes")


# ---- as a source ----

def test_source_of_every_command(env):
    url = loaded(env, SHOP)
    file = written(env, "shop.sql", SHOP)
    env.check("4 tables" in env.schemac("check", url).err, "check")
    env.equal(env.ok("print", url), env.ok("describe", url), "print")
    env.equal(env.ok("diff", "--exit-code", file, url), "", "diff")
    env.equal(env.ok("diff", "--exit-code", url, file), "", "diff back")
    psql(env, url, "ALTER TABLE shop.customers ADD COLUMN age integer")
    done = env.schemac("diff", "--exit-code", url, file)
    env.equal(done.code, 1, "they differ")
    env.check("DROP COLUMN age" in done.out, done.story())
    env.check("drop column customers.age" in env.ok("plan", url, file), "plan")
    env.check("CREATE TABLE shop.orders" in env.ok("ddl", url), "ddl")
    env.check("orders_customer" in env.schemac("lint", url).err, "lint")


def test_comment_of_an_extension(env):
    """It comes with one, which declarations need not say."""
    silent = written(env, "silent.sql", "CREATE EXTENSION citext;")
    other = written(env, "other.sql", "CREATE EXTENSION citext;"
                                      "COMMENT ON EXTENSION citext IS 'ours';")
    url = loaded(env, silent.read_text())
    env.check("COMMENT ON EXTENSION citext IS 'data type" in env.ok("describe", url), url)
    env.equal(env.ok("diff", "--exit-code", silent, url), "", "silent")
    env.check("IS 'ours'" in env.ok("diff", url, other), "another one is a difference")


def test_forms_of_a_connection_string(env):
    url = loaded(env, SHOP)
    name, folder = re.search("///(\\w+)\\?host=([^&]*)", url).groups()
    wanted = env.ok("describe", url)
    services = written(env, "services", f"[shop]\nhost={folder}\nuser=postgres\n")
    for form, extra in ((f"host={folder} user=postgres dbname={name}", {}),
                        (f"dbname={name} host={folder} user=postgres", {}),
                        (f"postgres://postgres@/{name}?host={folder}", {}),
                        (f"service=shop dbname={name}", {"PGSERVICEFILE": str(services)}),
                        (f"dbname={name}", {"PGHOST": folder, "PGUSER": "postgres"})):
        env.equal(env.ok("describe", form, env=extra), wanted, form)


# ---- what is left out ----

def test_own_history_is_left_out(env):
    url = loaded(env, SHOP)
    before = env.ok("describe", url)
    psql(env, url, "CREATE TABLE schemac_history (id serial PRIMARY KEY, v text);"
                  "CREATE INDEX ON schemac_history (v)")
    env.equal(env.ok("describe", url), before, "without the history")


def test_extension_brings_its_own(env):
    url = loaded(env, "CREATE EXTENSION btree_gist; CREATE EXTENSION citext;"
                 "CREATE TABLE t (c citext, n integer, EXCLUDE USING gist (n WITH =))")
    out = env.ok("describe", url)
    env.check("FUNCTION" not in out and "OPERATOR" not in out, out)
    env.check("CREATE EXTENSION btree_gist" in out and "c citext" in out, out)


def test_invalid_index_is_told(env):
    url = loaded(env, "CREATE TABLE t (n integer); INSERT INTO t VALUES (1), (1)")
    failed = env.run("psql", "-X", "-q", "-d", url, "-c",
                     "CREATE UNIQUE INDEX CONCURRENTLY broken ON t (n)")
    env.check(failed.code != 0, failed.story())
    done = env.schemac("describe", url)
    env.equal(done.code, 0, "exit")
    env.check("INDEX" not in done.out, done.story())
    env.check("warning[S0804]: index public.broken of t is left out: it is invalid"
              in done.err, done.story())


def test_what_has_no_declaration_is_told(env):
    url = loaded(env, "CREATE FOREIGN DATA WRAPPER w;"
                      "CREATE SERVER s FOREIGN DATA WRAPPER w;"
                      "CREATE USER MAPPING FOR PUBLIC SERVER s"
                      " OPTIONS (password 'geheim');"
                      "CREATE TABLE t (i integer GENERATED ALWAYS AS IDENTITY);"
                      "ALTER SEQUENCE t_i_seq RENAME TO own;"
                      "CREATE TABLE u (i integer GENERATED ALWAYS AS IDENTITY);"
                      "ALTER TABLE u RENAME TO now;"
                      "CREATE TABLE mine (x integer);"
                      "REVOKE DELETE ON mine FROM CURRENT_USER;"
                      "COMMENT ON SCHEMA public IS 'ours'")
    done = env.schemac("describe", url)
    for told in ("1 user mappings are left out",
                 "the name of sequence public.u_i_seq is left out",
                 "the owner of TABLE public.mine has no right to delete"):
        env.check(told in done.err, told + "\n" + done.story())
    env.check("(SEQUENCE NAME own)" in done.out, done.story())
    env.check("COMMENT ON SCHEMA public IS 'ours'" in done.out, done.story())
    env.check("geheim" not in done.out + done.err, done.story())


def test_one_schema(env):
    url = loaded(env, SHOP)
    done = env.schemac("describe", "--schema", "shop", url)
    env.check("CREATE TABLE shop.customers" in done.out, done.story())
    for gone in ("stock", "shop_log", "orders_goods", "shop.sold"):
        env.check(gone not in done.out, gone + "\n" + done.story())
    for told in ("constraint orders_goods on table shop.orders", "view shop.sold",
                 "view shop.sold_twice"):
        env.check(f"{told} is left out: it needs what is left out" in done.err,
                  told + "\n" + done.story())
    env.equal(done.err.count("warning"), 3, done.story())
    both = env.ok("describe", "--schema", "shop, stock", url)
    env.check("shop.sold_twice" in both and "shop_log" not in both, both)
    env.ok("print", "-", stdin=done.out)


def test_no_such_schema(env):
    url = loaded(env, SHOP)
    env.refused(2, 'has no schema "Shop"', "describe", "--schema", "Shop", url)
    env.refused(2, "has an empty name", "describe", "--schema", "shop,", url)


def test_schema_of_every_source(env):
    """The rest of the database is no difference, and no part of any other result."""
    url = loaded(env, SHOP)
    part = written(env, "shop.sql", env.ok("describe", "-q", "--schema", "shop", url))
    args = ("-q", "--schema", "shop")
    env.equal(env.ok("diff", "--exit-code", *args, url, part), "", "diff")
    env.equal(env.ok("diff", "--exit-code", *args, part, url), "", "diff back")
    env.equal(env.ok("print", *args, url), part.read_text(), "print")
    env.check("stock" not in env.ok("ddl", *args, url), "ddl")
    env.check("2 tables" in env.schemac("check", "--schema", "shop", url).err, "check")
    env.check("stock" not in env.schemac("lint", "--schema", "shop", url).err, "lint")
    plan = env.ok("plan", "-q", "--exclude", "shop_log", url, part)
    env.check("drop table goods" in plan and "shop_log" not in plan, plan)


def test_filter_hides_what_is_declared(env):
    """What is made again because nobody looked at it is refused instead."""
    url = loaded(env, SHOP)
    file = written(env, "shop.sql", SHOP)
    done = env.refused(2, 'table "goods" is declared, and --schema leaves it out', "diff",
                       "--schema", "shop", url, file)
    env.check('type "unit"' in done.err and 'table "shop_log"' in done.err
              and '"orders"' not in done.err, done.story())
    done = env.refused(2, 'table "shop_log" is declared, and --exclude leaves it out',
                       "plan", "--exclude", "*_log", file, url)
    env.equal(done.err.count("error["), 1, done.story())
    env.refused(2, 'index "shop_log_id" is declared, and --exclude leaves it out', "diff",
                "--exclude", "shop_log_id", file, url)


def test_filter_without_a_database(env):
    file = written(env, "shop.sql", SHOP)
    env.refused(2, "--exclude chooses from a live database, and none is named here",
                "diff", "--exclude", "x", file, file)


def test_pattern_without_a_dot_is_about_names(env):
    url = loaded(env, SHOP)
    out = env.ok("describe", "--exclude", "pub*,sho", url)
    env.equal(out, env.ok("describe", url), "nothing is called that")


# ---- versions ----

NEWER = "CREATE VIEW v AS SELECT any_value(1) AS x;"


def test_version_of_the_server_counts(env):
    url = loaded(env, SHOP)
    file = written(env, "newer.sql", NEWER)
    for args in ((url, file), (file, url), ("--down", url, file)):
        done = env.refused(2, "any_value() needs PostgreSQL 16, and the server is "
                              "15", "diff", *args)
        env.check("hint" not in done.err, done.story())
    env.check("any_value" in env.ok("diff", "--server-version", "16", url, file), "asked")


@params(("shop_log",), ("public.*",), ("shop\\_l?g".replace("\\_", "_"),), ("*_log",))
def test_excluded(env, pattern):
    url = loaded(env, SHOP)
    without = loaded(env, SHOP.partition("CREATE TABLE shop_log")[0])
    env.equal(env.ok("describe", "--exclude", pattern, url), env.ok("describe", without),
              pattern)


def test_excluded_type_takes_its_tables(env):
    url = loaded(env, SHOP)
    done = env.schemac("describe", "--exclude", "stock.unit", url)
    env.check("table stock.goods is left out" in done.err, done.story())
    env.check("goods" not in done.out.replace("goods integer", ""), done.story())


def test_underscore_is_no_wildcard(env):
    url = loaded(env, "CREATE TABLE a_b (x integer); CREATE TABLE axb (x integer)")
    out = env.ok("describe", "--exclude", "a_b", url)
    env.check("axb" in out and "a_b" not in out, out)


def test_excluded_of_sqlite(env):
    path = env.sqlite(sql="CREATE TABLE a (x); CREATE TABLE audit_Log (x);"
                          "CREATE INDEX i ON audit_Log (x); CREATE VIEW v AS SELECT 1")
    out = env.ok("describe", "--exclude", "v, AUDIT*", path)
    env.equal(out, "-- @dialect sqlite\n\nCREATE TABLE a (x);\n", "without them")
    env.refused(2, "SQLite has no schemas", "describe", "--schema", "main", path)


# ---- cost ----

def tables(count):
    return "".join(
        f"CREATE TABLE t{i} (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'x',"
        f" parent integer REFERENCES t{max(i - 1, 0)}, n numeric(9,2) CHECK (n > 0),"
        f" UNIQUE (name, n));\nCREATE INDEX ON t{i} (lower(name));\n"
        f"CREATE VIEW v{i} AS SELECT id, name FROM t{i} WHERE n > 1;\n"
        f"COMMENT ON TABLE t{i} IS 'table {i}';\n" for i in range(count))


def queries(env, url):
    """How many the server was asked, by its own log; the two that look whether the schema
    has moved are asked only where somebody has written meanwhile."""
    log = env.context.postgres.folder / "log"
    before = len(log.read_text())
    env.ok("describe", url, env={"PGOPTIONS": "-c log_statement=all"})
    said = log.read_text()[before:]
    asked = re.findall(r"LOG:  (?:statement|execute <unnamed>): (.*)", said)
    state = said.count("hashtextextended")
    return len(asked) - (state + 2 if state else 0)


def test_queries_do_not_grow_with_tables(env):
    few = queries(env, loaded(env, tables(10)))
    many = queries(env, loaded(env, tables(150)))
    env.equal(few, many, "queries for 10 and for 150 tables")
    env.check(20 <= few <= 40, f"{few} queries")


def seconds(env, *command):
    began = time.monotonic()
    done = env.run(*command)
    env.equal(done.code, 0, done.err)
    return time.monotonic() - began


def test_as_fast_as_pg_dump(env):
    """Of the same database, at the same time; 0.8 is usual."""
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitizer is slow")
    url = loaded(env, tables(400))
    dump = find_program("pg_dump")
    pairs = [(seconds(env, env.context.program, "describe", url),
              seconds(env, dump, "--schema-only", "--dbname", url)) for _ in range(6)]
    ratio = min(ours for ours, _ in pairs) / min(theirs for _, theirs in pairs)
    env.check(ratio <= 1.5, f"{ratio:.2f} of the time of pg_dump: {pairs}")
    return f"{ratio:.2f} of the time of pg_dump"


MANY = 10_000


def test_ten_thousand_tables(env):
    """More than the server has locks for: pg_dump gives up."""
    url = env.postgres()
    psql(env, url, "SELECT format('CREATE TABLE t%s (id integer, n integer);"
                   "CREATE VIEW v%s AS SELECT id FROM t%s', i, i, i)"
                   f" FROM generate_series(1, {MANY}) AS i \\gexec")
    began = time.monotonic()
    limit = ":" if os.environ.get("SANITIZE") else "ulimit -v 1000000"
    done = env.limited(limit, "describe", url)
    took = time.monotonic() - began
    env.equal(done.code, 0, done.err)
    env.equal(done.out.count("CREATE TABLE "), MANY, "tables")
    env.equal(done.out.count("CREATE VIEW "), MANY, "views")
    return f"{MANY} tables and views in {took:.1f} s, in less than 1 GB"
