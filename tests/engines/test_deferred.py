"""Foreign keys that are asked for at the end of a transaction: PostgreSQL changes no
table of which a row waits for that, so a plan that writes rows asks before it goes on.
"""

from runner.databases import check_same, created, psql, psql_refused, written
from runner.engines import params

PARENTS = "CREATE TABLE parent (id bigint PRIMARY KEY);\n"
# Rows that refer to later ones, and what would be refused behind them.
CHILDREN = """
CREATE TABLE child (
    id bigint PRIMARY KEY,
    parent bigint REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED,
    next bigint REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
    word text
);
CREATE INDEX child_word ON child (word);
CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER watch BEFORE UPDATE ON child FOR EACH ROW EXECUTE FUNCTION pass();
"""
ROWS = """
INSERT INTO parent (id) VALUES (1);
INSERT INTO child (id, parent, next, word) VALUES (1, 1, 2, 'a');
INSERT INTO child (id, parent, next, word) VALUES (2, 1, NULL, 'b');
"""
ROWS_SAID = "SELECT id, parent, next, word FROM child ORDER BY id"
FOUND = "1|1|2|a\n2|1||b\n"
ORPHAN = "INSERT INTO child (id, parent) VALUES (3, 9)"


def versions(env, first, second):
    (env.dir / "lot").mkdir()
    for at, sql in (("1.0.0", first), ("2.0.0", second)):
        written(env, f"lot/{at}.sql", f"-- @schema lot\n{sql}")
    return "lot@1.0.0", "lot@2.0.0"


def run(env, url, *args):
    return psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                                 *args))


def check_keys(env, url):
    """They are there, and asked for at the end as before."""
    psql_refused(env, url, f"BEGIN; {ORPHAN}; COMMIT;", "child_parent_fkey")
    psql(env, url, f"BEGIN; {ORPHAN}; INSERT INTO parent VALUES (9); COMMIT;")


def test_initial_rows_of_a_new_database(env):
    """What the server says without the question, and that `ddl` asks it."""
    sql = PARENTS + CHILDREN + ROWS
    path = written(env, "new.sql", sql)
    text = env.ok("ddl", "-q", "--dialect", "postgres", path)
    ask = "SET CONSTRAINTS ALL IMMEDIATE;"
    env.equal(text.count(ask), 1, text)
    psql_refused(env, env.postgres(), text.replace(ask, ""), "pending trigger events")
    url = created(env, path)
    env.equal(psql(env, url, ROWS_SAID), FOUND, "rows")
    check_keys(env, url)


@params("--offline", "--online")
def test_initial_rows_of_a_version(env, way):
    pair = versions(env, PARENTS, PARENTS + CHILDREN + ROWS)
    url = created(env, pair[0])
    run(env, url, way, *pair)
    env.equal(psql(env, url, ROWS_SAID), FOUND, "rows")
    check_keys(env, url)
    check_same(env, url, created(env, pair[1]), "made anew")


@params("--offline", "--online")
def test_data_steps(env, way):
    """Also where the step itself defers a key that is asked for at once."""
    first = PARENTS + CHILDREN.replace("INITIALLY DEFERRED", "")
    second = first.replace("word text\n", "word text NOT NULL CHECK (word <> '')\n")
    pair = versions(env, first, second + """
-- @migrate postgres
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO child (id, parent, word) VALUES (4, 4, 'c');
INSERT INTO parent (id) VALUES (4);
CREATE SEQUENCE helper;
SELECT nextval('helper');
DROP SEQUENCE helper;
ANALYZE child;
UPDATE child SET word = 'none' WHERE word IS NULL;
-- @end
""")
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO parent VALUES (1);"
                   "INSERT INTO child VALUES (1, 1, 1, NULL)")
    run(env, url, way, *pair)
    env.equal(psql(env, url, ROWS_SAID), "1|1|1|none\n4|4||c\n", "rows")
    check_same(env, url, created(env, pair[1]), "made anew")


@params("--offline", "--online")
def test_a_table_that_goes(env, way):
    """What the data step wrote in it waits, too."""
    pair = versions(env, PARENTS + CHILDREN, PARENTS + """
-- @migrate postgres
UPDATE child SET parent = NULL WHERE parent IS NOT NULL;
INSERT INTO child (id, parent) VALUES (7, 9);
INSERT INTO parent (id) VALUES (9);
-- @end
""")
    url = created(env, pair[0])
    psql(env, url, f"BEGIN; {ROWS} COMMIT;")
    run(env, url, way, *pair)
    env.equal(psql(env, url, "SELECT id FROM parent ORDER BY id"), "1\n9\n", "rows")
    check_same(env, url, created(env, pair[1]), "made anew")


def test_kept_rows(env):
    pair = versions(env, PARENTS + CHILDREN, PARENTS)
    url = created(env, pair[0])
    psql(env, url, f"BEGIN; {ROWS} COMMIT;")
    run(env, url, "--keep", *pair)
    env.equal(psql(env, url, "SELECT count(*) FROM pg_class WHERE relname = 'child'"),
              "0\n", "child is gone")
    run(env, url, "--keep", "--down", *pair)
    env.equal(psql(env, url, ROWS_SAID), FOUND, "rows")
    check_keys(env, url)


def test_nothing_to_ask(env):
    """No rows, or keys that are asked for at once."""
    for sql in (PARENTS + CHILDREN,
                PARENTS + CHILDREN.replace("DEFERRABLE INITIALLY DEFERRED", "") + ROWS):
        text = env.ok("ddl", "-q", "--dialect", "postgres", written(env, "new.sql", sql))
        env.check("SET CONSTRAINTS" not in text, text)
