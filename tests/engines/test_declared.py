"""What a server is asked for because the declarations beside it speak of it: versions of
extensions, roles and their members.  What is there already is no difference, what differs
is changed, what is missing is made, and what is not declared is left alone.
"""

import json
import threading
import time

from runner.databases import loaded, psql, written
from runner.libpq import Session

GOODS = """
CREATE TABLE goods (id integer PRIMARY KEY, name text NOT NULL);
CREATE INDEX goods_name ON goods USING gin (name gin_trgm_ops);
"""
OLD = "CREATE EXTENSION pg_trgm VERSION '1.5';" + GOODS
NEW = "CREATE EXTENSION pg_trgm VERSION '1.6';" + GOODS
OPEN = "CREATE EXTENSION pg_trgm;" + GOODS
ROWS = "INSERT INTO goods SELECT g, 'piece ' || g FROM generate_series(1, 1000) AS g;"
VERSION = "SELECT extversion FROM pg_extension WHERE extname = 'pg_trgm'"
FOUND = "SELECT count(*) FROM goods WHERE name LIKE '%piece 10%'"


def same(env, one, other):
    """Neither side lacks what the other has."""
    for pair in ((one, other), (other, one)):
        env.equal(env.ok("diff", "--exit-code", "--dialect", "postgres", *pair), "",
                  "there is no difference")


def applied(env, url, file):
    """What `apply` says; the second diff is empty."""
    done = env.ok("apply", "--yes", "--allow", "all", file, "--database", url)
    same(env, url, file)
    return done


# ---- versions of extensions ----

def test_version_that_is_declared(env):
    url = loaded(env, OLD + ROWS)
    same(env, url, written(env, "old.sql", OLD))
    new = written(env, "new.sql", NEW)
    done = env.schemac("diff", "--exit-code", url, new)
    env.equal(done.code, 1, "they differ")
    env.check("ALTER EXTENSION pg_trgm UPDATE TO '1.6';" in done.out, done.story())
    applied(env, url, new)
    env.equal(psql(env, url, VERSION), "1.6\n", "the version")
    env.equal(psql(env, url, FOUND), "12\n", "the rows")


def test_version_that_is_left_to_the_server(env):
    url = loaded(env, OLD)
    same(env, url, written(env, "open.sql", OPEN))
    env.check("1.5" not in env.ok("describe", url), "describe names none, as pg_dump")


def test_versions_of_two_databases(env):
    one, other = loaded(env, OLD), loaded(env, NEW)
    env.check("UPDATE TO '1.6'" in env.ok("diff", one, other), "the other one's version")
    same(env, one, loaded(env, OLD))


def test_version_between_files(env):
    old, new = written(env, "old.sql", OLD), written(env, "new.sql", NEW)
    free = written(env, "open.sql", OPEN)
    for start, end, version in ((old, new, "1.6"), (free, new, "1.6"), (new, old, "1.5")):
        said = f"UPDATE TO '{version}'"
        env.check(said in env.ok("diff", "--dialect", "postgres", start, end), said)
    env.equal(env.ok("diff", "--exit-code", "--dialect", "postgres", new, free), "",
              "no version is said any more")


def test_version_in_a_history(env):
    folder = env.dir / "shop"
    folder.mkdir()
    for number, text in enumerate((OLD, NEW, OPEN), 1):
        (folder / f"1.{number}.sql").write_text("-- @schema shop\n" + text)
    url = env.postgres()

    def migrate(*words):
        return env.schemac("migrate", *words, folder, "--database", url)

    for version, there in (("1.1", "1.5"), ("1.2", "1.6"), ("1.3", "1.6")):
        done = migrate("to", version)
        env.check(done.code == 0, done.story())
        env.equal(psql(env, url, VERSION), there + "\n", version)
        env.equal(migrate("verify").code, 0, "verify of " + version)
        if version == "1.1":
            psql(env, url, ROWS)
    env.equal(psql(env, url, FOUND), "12\n", "the rows")
    done = migrate("verify")
    env.equal(done.code, 0, done.story())
    psql(env, url, "DROP INDEX goods_name; DROP EXTENSION pg_trgm;" + NEW.split(GOODS)[0]
         + GOODS.split(";")[1])
    env.equal(migrate("verify").code, 0, "none is declared: any is right")


# ---- roles: each test has names of its own, as databases share them ----

EVERYTHING = """
CREATE ROLE R_readers;
CREATE USER R_app WITH PASSWORD 'one' CONNECTION LIMIT 5 VALID UNTIL '2031-01-01'
    IN ROLE R_readers;
CREATE ROLE "R_The Boss" CREATEDB CREATEROLE NOINHERIT BYPASSRLS ADMIN R_app;
ALTER ROLE R_app SET search_path TO app, "$user", public;
ALTER ROLE R_app IN DATABASE postgres SET work_mem = '64MB';
ALTER ROLE R_app SET statement_timeout TO 5000;
ALTER ROLE R_app SET plpgsql.extra_warnings TO 'all';
COMMENT ON ROLE "R_The Boss" IS 'it''s him';
GRANT pg_monitor TO R_app WITH ADMIN OPTION;
GRANT R_readers TO CURRENT_USER;
GRANT SELECT ON kept TO R_readers;
"""


def declare(env, name, text=EVERYTHING):
    table = "CREATE TABLE kept (id integer PRIMARY KEY, name text);"
    return written(env, f"{name}.sql", table + text.replace("R_", name + "_"))


def filled(env):
    return loaded(env, "CREATE TABLE kept (id integer PRIMARY KEY, name text);"
                       "INSERT INTO kept SELECT g, 'x' FROM generate_series(1, 50) g;")


def rows_are_there(env, url):
    env.equal(psql(env, url, "SELECT count(*), sum(id) FROM kept"), "50|1275\n", "rows")


def test_roles_are_made_and_found(env):
    url, file = filled(env), declare(env, "made")
    done = env.ok("diff", url, file)
    env.check("ROLE made_app LOGIN CONNECTION LIMIT 5 PASSWORD 'one'" in done, done)
    applied(env, url, file)
    rows_are_there(env, url)
    env.equal(psql(env, url, "SET ROLE made_readers; SELECT count(*) FROM kept"), "50\n",
              "what the role may read")
    other = filled(env)
    env.check("ROLE" not in env.ok("diff", other, file), "another database has them too")
    applied(env, other, file)


def test_role_that_differs(env):
    """Each by itself: it is found, mended, and then there is nothing to find."""
    url, file = filled(env), declare(env, "other")
    applied(env, url, file)
    for change, mended in (
            ("ALTER ROLE other_readers LOGIN", "ALTER ROLE other_readers NOLOGIN;"),
            ("ALTER ROLE other_app CREATEDB CONNECTION LIMIT -1",
             "ALTER ROLE other_app NOCREATEDB CONNECTION LIMIT 5;"),
            ("ALTER ROLE other_app VALID UNTIL '2032-01-01'",
             "ALTER ROLE other_app VALID UNTIL '2031-01-01';"),
            ("ALTER ROLE other_app SET search_path TO x",
             "ALTER ROLE other_app SET search_path TO 'app', '$user', 'public';"),
            ("ALTER ROLE other_app IN DATABASE postgres RESET work_mem",
             "ALTER ROLE other_app IN DATABASE postgres SET work_mem TO '64MB';"),
            ("REVOKE ADMIN OPTION FOR pg_monitor FROM other_app",
             "GRANT pg_monitor TO other_app WITH ADMIN OPTION;"),
            ("REVOKE other_readers FROM other_app", "GRANT other_readers TO other_app;"),
            ("GRANT other_readers TO other_app WITH ADMIN OPTION",
             "REVOKE ADMIN OPTION FOR other_readers FROM other_app;"),
            ("""COMMENT ON ROLE "other_The Boss" IS NULL""",
             """COMMENT ON ROLE "other_The Boss" IS 'it''s him';""")):
        psql(env, url, change)
        plan = env.ok("diff", url, file)
        env.check(mended in plan, change + "\n" + plan)
        env.equal(plan.count("-- 02"), 0, "one step")
        applied(env, url, file)
    rows_are_there(env, url)


def test_what_is_not_declared_of_roles(env):
    """A password, another member, another setting, another role: nobody touches them."""
    url, file = filled(env), declare(env, "left")
    applied(env, url, file)
    facts = """
        SELECT a.rolname, a.rolpassword, r.rolconfig FROM pg_authid a
            JOIN pg_roles r USING (oid) WHERE a.rolname LIKE 'left%' ORDER BY 1;
        SELECT roleid::regrole, member::regrole, admin_option FROM pg_auth_members
            WHERE member::regrole::text LIKE 'left%' ORDER BY 1, 2;
        SELECT shobj_description('left_app'::regrole, 'pg_authid')"""
    psql(env, url, "ALTER ROLE left_app PASSWORD 'two'; CREATE ROLE left_guest LOGIN;"
                   "ALTER ROLE left_app SET lock_timeout = '3s';"
                   "ALTER ROLE left_readers VALID UNTIL '2033-01-01';"
                   "GRANT left_readers TO left_guest; GRANT pg_read_all_data TO left_app;"
                   "COMMENT ON ROLE left_app IS 'by hand'")
    before = psql(env, url, facts)
    same(env, url, file)
    applied(env, url, file)
    env.equal(psql(env, url, facts), before, "roles as they were")
    again = declare(env, "left", EVERYTHING.replace("'one'", "'three'"))
    same(env, url, again)
    env.check("ROLE" not in env.ok("describe", url), "describe tells no roles")


def test_role_that_is_only_altered(env):
    url = filled(env)
    psql(env, url, "CREATE ROLE open_one LOGIN CREATEDB")
    file = declare(env, "open", "ALTER ROLE R_one NOCREATEDB;"
                                "ALTER ROLE R_one SET work_mem TO '32MB';"
                                "COMMENT ON ROLE R_one IS 'known';")
    plan = env.ok("diff", url, file)
    env.check("ALTER ROLE open_one NOCREATEDB;" in plan and "LOGIN" not in plan, plan)
    applied(env, url, file)
    applied(env, url, declare(env, "open", "ALTER ROLE R_one SET work_mem TO '16MB';"))
    env.equal(psql(env, url, "SELECT rolcanlogin, rolcreatedb, rolconfig FROM pg_roles "
                             "WHERE rolname = 'open_one'"), "t|f|{work_mem=16MB}\n", "it")


def test_moment_without_a_zone(env):
    """It is UTC's, as in the session that makes the role."""
    url = filled(env)
    name = psql(env, url, "SELECT current_database()").strip()
    psql(env, url, f"ALTER DATABASE {name} SET timezone = 'Asia/Tokyo'")
    for moment in ("2031-01-01", "2031-01-01 12:00+02", "infinity"):
        file = declare(env, "zone", f"CREATE ROLE R_one VALID UNTIL '{moment}';")
        psql(env, url, "DROP ROLE IF EXISTS zone_one")
        applied(env, url, file)
    file = declare(env, "zone", "CREATE ROLE R_one VALID UNTIL 'some day';")
    env.refused(4, "some day", "diff", url, file)


def test_login_that_may_not_look(env):
    url, file = filled(env), declare(env, "veiled", "CREATE ROLE R_one;")
    psql(env, url, "CREATE ROLE veiled_login LOGIN; GRANT SELECT ON kept TO veiled_login;"
                   "CREATE ROLE veiled_one")
    env.ok("diff", url.replace("user=postgres", "user=veiled_login"), file)
    psql(env, url, "REVOKE SELECT ON pg_roles FROM PUBLIC")
    done = env.schemac("diff", url.replace("user=postgres", "user=veiled_login"), file)
    env.equal(done.code, 4, done.story())
    env.check("cannot be read: permission denied for view pg_roles" in done.err,
              done.story())


def test_files_with_and_without_roles(env):
    """Between files a setting that is declared no more is reset; no role is dropped."""
    old, new = declare(env, "files"), declare(env, "none", "")
    script = env.ok("diff", "--dialect", "postgres", old, new)
    env.check("ALTER ROLE files_app RESET statement_timeout;" in script, script)
    env.check('REVOKE "files_The Boss", files_readers, pg_monitor FROM' in script, script)
    env.check("DROP ROLE" not in script, script)
    done = env.schemac("diff", "-v", "--dialect", "postgres", old, new)
    env.check("[S0706]" in done.err and "other databases share it" in done.err, done.err)


# ---- roles that are there already, from version to version ----

KEPT = """-- @schema kept
CREATE TABLE kept (id integer PRIMARY KEY, name text);
"""


def history(env, name, later=EVERYTHING):
    """Versions 1 and 2; the second one has the roles."""
    folder = env.dir / "kept"
    folder.mkdir()
    (folder / "1.sql").write_text(KEPT)
    (folder / "2.sql").write_text(KEPT + later.replace("R_", name + "_"))
    return folder


def migrated(env, folder, url, version):
    env.ok("migrate", "to", version, folder, "--database", url, "--allow", "all")


def first_version(env, folder):
    url = env.postgres()
    migrated(env, folder, url, "1")
    psql(env, url, "INSERT INTO kept SELECT g, 'x' FROM generate_series(1, 50) g")
    return url


def facts_of(name):
    return f"""
        SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,
            rolreplication, rolbypassrls, rolconnlimit, rolpassword, rolvaliduntil,
            shobj_description(oid, 'pg_authid')
            FROM pg_authid WHERE rolname LIKE '{name}%' ORDER BY 1;
        SELECT setrole::regrole, setdatabase <> 0, setconfig FROM pg_db_role_setting
            WHERE setrole::regrole::text LIKE '%{name}%' ORDER BY 1, 2;
        SELECT roleid::regrole, member::regrole, admin_option FROM pg_auth_members
            WHERE member::regrole::text LIKE '%{name}%' ORDER BY 1, 2"""


def postconditions(env, folder, title):
    plan = json.loads(env.ok("plan", "--dialect", "postgres", "--format", "json",
                             folder / "1.sql", folder / "2.sql"))
    return [step["postcondition"] for step in plan["plans"][0]["steps"]
            if step["title"].startswith(title)]


def test_roles_up_down_and_up(env):
    folder = history(env, "again")
    url = first_version(env, folder)
    asked = postconditions(env, folder, "create role")
    env.equal([psql(env, url, sql) for sql in asked], ["f\n"] * 3, "not there yet")
    migrated(env, folder, url, "2")
    env.equal([psql(env, url, sql) for sql in asked], ["t\n"] * 3, "there")
    roles = psql(env, url, facts_of("again"))
    for changed in ("", "ALTER ROLE again_app CREATEDB NOLOGIN CONNECTION LIMIT 7;"
                        "ALTER ROLE again_app VALID UNTIL 'infinity';"
                        "ALTER ROLE again_readers SUPERUSER BYPASSRLS REPLICATION;"):
        migrated(env, folder, url, "1")
        count = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'again%'"
        env.equal(psql(env, url, count), "3\n", "the way down leaves them")
        if changed:
            psql(env, url, changed)
        migrated(env, folder, url, "2")
        env.equal(psql(env, url, facts_of("again")), roles, "as they were declared")
        env.equal(psql(env, url, "SET ROLE again_readers; SELECT count(*) FROM kept"),
                  "50\n", "what the role may read")
    rows_are_there(env, url)
    env.ok("migrate", "verify", folder, "--database", url)
    other = first_version(env, folder)
    migrated(env, folder, other, "2")
    env.equal(psql(env, url, facts_of("again")), roles, "another database leaves them")
    rows_are_there(env, other)


def test_script_finds_its_roles(env):
    """A script between files, and one for a new database; their text is read again."""
    old, new = written(env, "old.sql", KEPT), declare(env, "found")
    script = env.ok("diff", "--dialect", "postgres", old, new)
    whole = env.ok("ddl", "--dialect", "postgres", new)
    for sql in (KEPT + script, KEPT + script, whole):
        url = loaded(env, sql)
        same(env, url, new)
    same(env, written(env, "again.sql", KEPT + script), new)
    same(env, written(env, "whole.sql", whole), new)


def test_role_with_odd_words(env):
    text = """CREATE ROLE "R_$schemac$ 'x' \\" PASSWORD '$schemac_$;'
        CONNECTION LIMIT 3;"""
    folder = history(env, "odd", text)
    url = first_version(env, folder)
    for version in ("2", "1", "2"):
        migrated(env, folder, url, version)
    env.equal(psql(env, url, "SELECT rolname, rolconnlimit FROM pg_roles "
                             "WHERE rolname LIKE 'odd%'"),
              "odd_$schemac$ 'x' \\|3\n", "the role")
    script = env.ok("diff", "--dialect", "postgres", folder / "1.sql", folder / "2.sql")
    same(env, written(env, "again.sql", KEPT + script), folder / "2.sql")


def test_who_may_not_make_roles(env):
    """Where all is as it is declared, nobody needs the right to."""
    folder = history(env, "plain", "CREATE ROLE R_one; CREATE ROLE R_two LOGIN;")
    url = env.postgres()
    psql(env, url, "CREATE ROLE plain_one; CREATE ROLE plain_two LOGIN; "
                   "GRANT CREATE ON SCHEMA public TO plain_two")
    own = url.replace("user=postgres", "user=plain_two")
    migrated(env, folder, own, "2")
    migrated(env, folder, own, "1")
    psql(env, url, "ALTER ROLE plain_one CREATEDB")
    refused = env.schemac("migrate", "to", "2", folder, "--database", own)
    env.check("permission denied" in refused.err, refused.story())


def waits_for_a_lock(session):
    for _ in range(400):
        if session.ask("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                       "AND query LIKE '%CREATE ROLE%at_once%'"):
            return True
        time.sleep(0.05)
    return False


def test_roles_of_two_at_once(env):
    """The second one waits for the first, and finds what it made."""
    folder = history(env, "at_once")
    url, other = first_version(env, folder), first_version(env, folder)
    script = env.ok("diff", "--dialect", "postgres", folder / "1.sql", folder / "2.sql")
    with Session(url) as first, Session(url) as watch:
        first.ask(script.replace("COMMIT;", ""))
        done = []
        second = threading.Thread(target=lambda: done.append(
            env.schemac("migrate", "to", "2", folder, "--database", other)))
        second.start()
        waited = waits_for_a_lock(watch)
        first.ask("COMMIT")
        second.join()
    env.check(waited, "it waits for the other's role")
    env.equal(done[0].code, 0, done[0].story())
    same(env, url, folder / "2.sql")
    same(env, other, folder / "2.sql")
    rows_are_there(env, other)
