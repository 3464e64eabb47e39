"""What a script that stopped leaves in a database: the next `diff` finishes it, whether
its declarations are the ones that it was made for or others."""

import subprocess

from pathlib import Path

from runner.base import environment
from runner.databases import check_same, created, psql, psql_refused, written
from runner.engines import load, params
from runner.postgres import find_program

HERE = Path(__file__).resolve()
ONLINE = load(HERE.with_name("test_online.py"))
SHOP = load(HERE.with_name("test_migrate_postgres.py"))

# ---- a partition that is half detached ----

WHOLE = """
CREATE TABLE kinds (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE kinds_low PARTITION OF kinds FOR VALUES FROM (0) TO (100);
CREATE TABLE "Ev ""ents" (id integer NOT NULL, kind integer REFERENCES kinds,
    n integer DEFAULT 7 CHECK (n > 0), CONSTRAINT ev_key PRIMARY KEY (id))
    PARTITION BY RANGE (id);
CREATE TABLE ev_low PARTITION OF "Ev ""ents" FOR VALUES FROM (0) TO (100)
    PARTITION BY RANGE (id);
CREATE TABLE ev_low_1 PARTITION OF ev_low FOR VALUES FROM (0) TO (50);
CREATE TABLE ev_low_2 PARTITION OF ev_low FOR VALUES FROM (50) TO (100);
CREATE TABLE ev_high PARTITION OF "Ev ""ents" FOR VALUES FROM (100) TO (200);
CREATE INDEX ev_n ON "Ev ""ents" (n);
CREATE TABLE visits (id integer PRIMARY KEY, ev integer REFERENCES "Ev ""ents");
CREATE FUNCTION same() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RETURN new; END';
CREATE TRIGGER ev_same BEFORE UPDATE ON "Ev ""ents" FOR EACH ROW
    EXECUTE FUNCTION same();
"""
EVENTS = """
INSERT INTO kinds SELECT generate_series(0, 99);
INSERT INTO "Ev ""ents" SELECT n, n % 100, n FROM generate_series(1, 199) AS n;
INSERT INTO visits SELECT n, n FROM generate_series(100, 150) AS n;
ALTER TABLE ev_low DISABLE TRIGGER ev_same;
"""
DETACH = 'ALTER TABLE "Ev ""ents" DETACH PARTITION ev_low CONCURRENTLY'
FINALIZE = 'ALTER TABLE "Ev ""ents" DETACH PARTITION ev_low FINALIZE'
PENDING = "SELECT count(*) FROM pg_inherits WHERE inhdetachpending"
WAITS = "FROM pg_stat_activity WHERE datname = current_database() AND " \
        "wait_event_type = 'Lock' AND query LIKE "


def psql_session(env, url, sql):
    session = subprocess.Popen([find_program("psql"), "-X", "-q", "-d", url], text=True,
                               env=environment(), stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    session.stdin.write(sql)
    session.stdin.close()
    return session


def stopped(env, url, sql, like, holder):
    """A session that runs `sql` and is ended while it waits for who `holder` is."""
    with SHOP.held(env, url, holder):
        session = psql_session(env, url, sql + ";")
        SHOP.wait_for(env, url, f"SELECT count(*) > 0 {WAITS} '{like}'")
        psql(env, url, f"SELECT pg_terminate_backend(pid) {WAITS} '{like}'")
        session.wait()
        session.stdout.close()


def half_detached(env):
    url = env.postgres()
    psql(env, url, WHOLE + EVENTS)
    stopped(env, url, DETACH, "ALTER%CONCURRENTLY;", 'SELECT count(*) FROM "Ev ""ents"')
    env.equal(psql(env, url, PENDING), "1\n", "half detached")
    return url


def described(env, url):
    return env.ok("describe", "-q", url)


def rows(env, url):
    return psql(env, url, "SELECT sum(id), count(*) FROM (SELECT id FROM ev_low UNION "
                          'SELECT id FROM "Ev ""ents") AS e; SELECT count(*) FROM visits')


def check_is(env, url, to):
    script = env.ok("diff", "-q", url, to)
    ONLINE.run(env, url, script)
    env.equal(rows(env, url), "19900|199\n51\n", "rows")
    env.equal(psql(env, url, PENDING), "0\n", "half detached")
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    return script


def test_it_is_described_as_what_it_will_be(env):
    """To the letter, as it is when somebody has finished it."""
    url = half_detached(env)
    told = env.schemac("describe", url)
    env.check("was interrupted" in told.err, told.story())
    psql(env, url, FINALIZE)
    env.equal(told.out, described(env, url), "half detached, and detached")


@params("left", "joined", "moved", "offline")
def test_the_next_diff_finishes_a_detach(env, end):
    """Also where the declarations have changed since: it stays, or comes back with
    another bound."""
    url = half_detached(env)
    done = created(env, written(env, "whole.sql", WHOLE))
    psql(env, done, DETACH if end in ("left", "offline") else
         f"{DETACH}; ALTER TABLE ev_low DROP CONSTRAINT ev_low_id_check;"
         'ALTER TABLE "Ev ""ents" ATTACH PARTITION ev_low FOR VALUES FROM '
         f"({'MINVALUE' if end == 'moved' else 0}) TO (100)")
    if end in ("left", "offline"):
        psql(env, done, "ALTER TABLE ev_low DROP CONSTRAINT ev_low_id_check")
    to = env.dir / "to.sql"
    to.write_text(described(env, done))
    done = env.schemac("diff", "-q", "--exit-code", url, to)
    env.equal(done.code, 1, done.story())
    if end == "offline":
        psql(env, url, env.ok("diff", "-q", "--offline", url, to))
    script = check_is(env, url, to)
    env.equal(script.count("FINALIZE"), 0 if end == "offline" else 1, script)
    env.check("CONCURRENTLY" not in script, script)


# ---- builds and drops that were stopped ----

CODES = '''
CREATE TABLE codes (id integer PRIMARY KEY, code text NOT NULL, n integer NOT NULL);
CREATE UNIQUE INDEX "one ""code""" ON codes (code);
'''
PLAIN = CODES.split("CREATE UNIQUE")[0] + "CREATE INDEX by_n ON codes (n);"
INVALID = "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid"


def plain_codes(env):
    url = created(env, written(env, "plain.sql", PLAIN))
    psql(env, url, "INSERT INTO codes SELECT n, 'c' || n / 2, n "
                   "FROM generate_series(1, 100) AS n")
    return url


def test_a_build_that_failed_is_done_again_by_the_next_script(env):
    url = plain_codes(env)
    to = written(env, "codes.sql", CODES)
    # past the guard: as rows that came when it had been asked
    build = next(p for p in ONLINE.pieces(env.ok("diff", "-q", url, to))
                 if "CREATE UNIQUE INDEX CONC" in p)
    psql_refused(env, url, build, "could not create unique")
    env.equal(psql(env, url, INVALID), '"one ""code"""\n', "left behind")
    done = env.schemac("diff", "--exit-code", url, to)
    env.equal(done.code, 1, done.story())
    psql(env, url, "UPDATE codes SET code = 'c' || id")
    ONLINE.run(env, url, env.ok("diff", "-q", url, to))
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.equal(psql(env, url, INVALID), "", "left behind")
    check_same(env, url, created(env, to), "the database")


@params("--online", "--offline", "apply")
def test_what_is_invalid_and_not_wanted_goes(env, way):
    """A DROP INDEX CONCURRENTLY that was stopped, and nothing else to be done."""
    url = plain_codes(env)
    to = written(env, "bare.sql", PLAIN.split("CREATE INDEX")[0])
    stopped(env, url, "DROP INDEX CONCURRENTLY by_n", "DROP%CONCURRENTLY%",
            "LOCK TABLE codes IN ROW EXCLUSIVE MODE")
    env.equal(psql(env, url, INVALID), "by_n\n", "left behind")
    if way == "apply":
        env.ok("apply", "--yes", "--database", url, to)
    else:
        script = env.ok("diff", "-q", way, url, to)
        env.equal("CONCURRENTLY" in script, way == "--online", script)
        ONLINE.run(env, url, script)
    env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "what is left to do")
    env.equal(psql(env, url, INVALID), "", "left behind")


def test_a_build_that_goes_on_is_left_alone(env):
    url = plain_codes(env)
    to = written(env, "bare.sql", PLAIN.split("CREATE INDEX")[0])
    psql(env, url, "DROP INDEX by_n")
    like = "CREATE INDEX CONC%"
    with SHOP.held(env, url, "LOCK TABLE codes IN ROW EXCLUSIVE MODE"):
        session = psql_session(env, url, "CREATE INDEX CONCURRENTLY own ON codes (n);")
        SHOP.wait_for(env, url, f"SELECT count(*) > 0 {WAITS} '{like}'")
        env.equal(psql(env, url, INVALID), "own\n", "not done")
        done = env.schemac("diff", url, to)
        env.check("own" not in done.out, done.story())
        env.check("failed or is not done" in done.err, done.story())
    session.wait()
    session.stdout.close()
    env.equal(psql(env, url, INVALID), "", "it was built")


# ---- constraints that were not validated ----

LOOSE = """
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY, a integer, n integer);
"""
STRICT = """
CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a, n integer NOT NULL,
    CONSTRAINT b_n_check CHECK (n > 0));
"""


def test_constraints_that_are_not_valid_are_validated(env):
    to = written(env, "strict.sql", STRICT)
    start = created(env, written(env, "loose.sql", LOOSE))
    pieces = ONLINE.pieces(env.ok("diff", "-q", start, to))
    env.check(len(pieces) > 3, str(pieces))
    for stop in range(1, len(pieces)):
        url = created(env, env.dir / "loose.sql")
        psql(env, url, "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1, 1)")
        for piece in pieces[:stop]:
            psql(env, url, piece)
        ONLINE.run(env, url, env.ok("diff", "-q", url, to))
        env.equal(env.ok("diff", "-q", "--exit-code", url, to), "", "left to do")
        env.equal(psql(env, url, "SELECT count(*) FROM pg_constraint WHERE NOT "
                                 "convalidated"), "0\n", "not valid")
        check_same(env, url, created(env, to), "the database")
