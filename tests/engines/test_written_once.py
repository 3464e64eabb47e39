"""A table is written again once for all that has it written: asked of the server itself,
with rows, there and back."""

from runner.databases import Shell

OLD = """-- @schema lot
CREATE TABLE wares (
    id BIGSERIAL PRIMARY KEY,
    total INTEGER NOT NULL,
    grams INTEGER,
    word VARCHAR(20) NOT NULL
);
"""

# Types that change, what is computed of them, and defaults that vary; a column that has
# nothing written stands between two that have.
NEW = """-- @schema lot
CREATE TABLE wares (
    id BIGSERIAL PRIMARY KEY,
    total BIGINT NOT NULL,
    grams BIGINT,
    word VARCHAR(20) NOT NULL,
    token UUID NOT NULL DEFAULT gen_random_uuid(),
    note TEXT,
    other UUID NOT NULL DEFAULT gen_random_uuid(),
    tax BIGINT GENERATED ALWAYS AS (total * 19 / 100) STORED,
    letters INTEGER GENERATED ALWAYS AS (length(word)) STORED,
    shout TEXT GENERATED ALWAYS AS (upper(word)) STORED
);
"""

# https://www.postgresql.org/docs/15/event-trigger-definition.html: table_rewrite
COUNT = """
CREATE SCHEMA watch;
CREATE TABLE watch.rewritten (of_table text);
CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO watch.rewritten
    VALUES (pg_event_trigger_table_rewrite_oid()::regclass::text);
END $$;
CREATE EVENT TRIGGER watch ON table_rewrite EXECUTE FUNCTION watch.note();
"""

ROWS = "INSERT INTO wares (total, grams, word) SELECT i, i * 10, 'w' || i " \
       "FROM generate_series(1, 300) AS i;"


def way(env, old, new, *more):
    return env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", *more, old,
                  new)


def test_one_writing(env):
    old, new = env.dir / "old.sql", env.dir / "new.sql"
    old.write_text(OLD)
    new.write_text(NEW)
    db = Shell(env, "postgres")
    db.ok(env.ok("ddl", "-q", "--dialect", "postgres", old))
    db.ok(ROWS)
    db.ok(COUNT)
    db.ok(way(env, old, new))
    # Once before rows could be filled, once for what tightens.
    env.equal(db.ok("SELECT count(*) FROM watch.rewritten;"), "2\n", "written, up")
    env.equal(db.ok("SELECT count(*), sum(total), sum(tax), sum(letters), min(shout), "
                    "count(DISTINCT token), count(DISTINCT other) FROM wares;"),
              "300|45150|8430|1092|W1|300|300\n", "the rows")
    db.ok("DELETE FROM watch.rewritten;")
    db.ok(way(env, new, old))
    env.equal(db.ok("SELECT count(*) FROM watch.rewritten;"), "1\n", "written, down")
    db.ok("DROP EVENT TRIGGER watch; DROP SCHEMA watch CASCADE;")
    env.equal(env.ok("diff", "-q", "--exit-code", db.at, old), "", "what is left to do")
    env.equal(db.ok("SELECT count(*), sum(total), sum(grams) FROM wares;"),
              "300|45150|451500\n", "the rows, back")


def test_columns_keep_their_order(env):
    old, new = env.dir / "old.sql", env.dir / "new.sql"
    old.write_text(OLD)
    new.write_text(NEW)
    db = Shell(env, "postgres")
    db.ok(env.ok("ddl", "-q", "--dialect", "postgres", old))
    db.ok(ROWS)
    db.ok(way(env, old, new))
    env.equal(db.ok("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute "
                    "WHERE attrelid = 'wares'::regclass AND attnum > 0;"),
              "id total grams word token note other letters shout tax\n", "the order")
    env.equal(env.ok("diff", "-q", "--exit-code", db.at, new), "", "what is left to do")
