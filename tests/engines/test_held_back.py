"""Rows that a migration writes itself on PostgreSQL: no trigger and no rule of the table
runs, and afterwards each of them is on or off as it was.
"""

from runner.databases import check_same, created, psql, written
from runner.engines import params

OLD = """
CREATE TABLE log (what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log VALUES (TG_NAME);
    RETURN NEW;
END $$;
CREATE TABLE t (id integer PRIMARY KEY, a text);
"""
FILLED = OLD.replace("a text", "a text,\n    b integer -- @from length(a)\n")
RULES = """
CREATE RULE "other rows" AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES ('a rule');
CREATE RULE none AS ON UPDATE TO t WHERE OLD.id = 2 DO INSTEAD NOTHING;
CREATE RULE off AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES ('off');
ALTER TABLE t DISABLE RULE off;
CREATE RULE always AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES ('always');
ALTER TABLE t ENABLE ALWAYS RULE always;
CREATE RULE new_row AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.a);
"""
TRIGGERS = """
CREATE TRIGGER usual BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER off AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE t DISABLE TRIGGER off;
CREATE TRIGGER always AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE t ENABLE ALWAYS TRIGGER always;
CREATE TRIGGER replica AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE t ENABLE REPLICA TRIGGER replica;
"""
LATER = """
CREATE TABLE u (
    id integer PRIMARY KEY, t integer REFERENCES u DEFERRABLE INITIALLY DEFERRED);
CREATE TRIGGER usual BEFORE UPDATE ON u FOR EACH ROW EXECUTE FUNCTION note();
"""
GOES = 'CREATE RULE goes AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES (NEW.a);\n'
PARTS = """
CREATE TABLE low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (2);
CREATE TABLE high PARTITION OF t FOR VALUES FROM (2) TO (MAXVALUE);
"""
ON_PARTS = """
CREATE TRIGGER mine BEFORE UPDATE ON low FOR EACH ROW EXECUTE FUNCTION note();
CREATE TRIGGER off BEFORE UPDATE ON high FOR EACH ROW EXECUTE FUNCTION note();
ALTER TABLE high DISABLE TRIGGER off;
CREATE RULE mine AS ON UPDATE TO low DO ALSO INSERT INTO log VALUES (NEW.a);
"""


def split(sql):
    head, tail = sql.rsplit(");", 1)
    return head + ") PARTITION BY RANGE (id);" + tail + PARTS + ON_PARTS


STORIES = {  # name: (old, new)
    "rules": (OLD + RULES, FILLED + RULES),
    "triggers": (OLD + TRIGGERS, FILLED + TRIGGERS),
    "both": (OLD + RULES + TRIGGERS, FILLED + RULES + TRIGGERS),
    "a-rule-that-goes": (OLD + RULES + GOES, FILLED + RULES),
    "a-rule-that-comes": (OLD + RULES, FILLED + RULES + GOES),
    "a-rule-that-is-switched-off": (
        OLD + GOES, FILLED + GOES + "ALTER TABLE t DISABLE RULE goes;"),
    "a-rule-that-reads-another-type": (
        OLD + RULES + GOES,
        FILLED.replace("a text", "a varchar(9)") + RULES + GOES),
    "a-table-that-is-renamed": (
        OLD + RULES + TRIGGERS,
        (FILLED + RULES + TRIGGERS).replace(
            "CREATE TABLE t", "-- @was t\nCREATE TABLE u").replace(
                "TABLE t ", "TABLE u ").replace(" TO t", " TO u").replace(
                    "ON t ", "ON u ")),
    "partitions": (split(OLD), split(FILLED)),
}


@params(*((name, online) for name in STORIES for online in (False, True)))
def test_nothing_runs(env, name, online):
    old, new = (written(env, f"{side}.sql", sql)
                for side, sql in zip(("old", "new"), STORIES[name]))
    url = created(env, old)
    psql(env, url, "INSERT INTO t VALUES (1, 'one'), (2, 'twice'); DELETE FROM log")
    psql(env, url, env.ok("diff", *["--online"] * online, "--allow", "all", "--dialect",
                          "postgres", old, new))
    table = "u" if "renamed" in name else "t"
    env.equal(psql(env, url, f"SELECT a, b FROM {table} ORDER BY id;"
                   "SELECT what FROM log"), "one|3\ntwice|5\n", "rows, and nothing else")
    check_same(env, url, created(env, new), "a new database")
    env.ok("diff", "--exit-code", "--dialect", "postgres", url, new)


@params(False, True)
def test_a_foreign_key_that_is_asked_later(env, data_step):
    """The server alters no table of which something is left to be asked."""
    lot = env.dir / "lot"
    lot.mkdir()
    old = "-- @schema lot\n" + OLD + LATER
    (lot / "1.0.0.sql").write_text(old)
    (lot / "2.0.0.sql").write_text(
        old.replace("t integer", "\n    -- @from coalesce(t, 1)\n    t integer NOT NULL")
        + "-- @migrate postgres\nUPDATE t SET a = 'x';\n-- @end\n" * data_step)
    url = env.postgres()
    env.ok("migrate", "-q", "to", "1.0.0", lot, "--database", url)
    psql(env, url, "INSERT INTO u VALUES (1, 1), (2, NULL), (3, 2); DELETE FROM log")
    env.ok("migrate", "-q", "to", "2.0.0", lot, "--database", url, "--offline")
    env.equal(psql(env, url, "SELECT id, t FROM u ORDER BY id; SELECT what FROM log"),
              "1|1\n2|1\n3|2\n", "rows, and nothing else")
    env.ok("migrate", "-q", "verify", lot, "--database", url)


def test_old_values_come_back(env):
    """With --keep."""
    lot = env.dir / "lot"
    lot.mkdir()
    old = "-- @schema lot\n" + OLD + RULES + TRIGGERS
    (lot / "1.0.0.sql").write_text(old)
    (lot / "2.0.0.sql").write_text(old.replace(
        "a text", "\n    -- @from length(a)\n    a integer"))
    url = env.postgres()
    for step in (["to", "1.0.0"], None, ["to", "2.0.0", "--keep", "--allow", "all"],
                 ["to", "1.0.0", "--allow", "all"], ["verify"]):
        if step is None:
            psql(env, url, "INSERT INTO t VALUES (1, 'one'), (2, 'two'); "
                 "DELETE FROM log")
        else:
            env.ok("migrate", "-q", *step, lot, "--database", url)
    env.equal(psql(env, url, "SELECT a FROM t ORDER BY id; SELECT what FROM log"),
              "one\ntwo\n", "rows, and nothing else")
