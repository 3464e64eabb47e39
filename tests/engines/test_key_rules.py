"""A foreign key that refers to what it referred to and does something else, or checks at
another time: no row is asked, and at no time may one without a parent come in.
"""

import re

from runner.databases import created, psql, psql_refused, written
from runner.engines import params

BY_CODE = "    CONSTRAINT by_code FOREIGN KEY (code) REFERENCES parents (code)"
SCHEMA = """CREATE TABLE parents (id integer PRIMARY KEY, code integer UNIQUE);
CREATE TABLE children (
    id integer PRIMARY KEY,
    parent_id integer CONSTRAINT child_of REFERENCES parents ON DELETE CASCADE,
    code integer,
""" + BY_CODE + """
);
COMMENT ON CONSTRAINT child_of ON children IS 'of whom';
CREATE TABLE parts (
    id integer PRIMARY KEY,
    parent_id integer CONSTRAINT part_of REFERENCES parents
) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
"""
ROWS = """INSERT INTO parents SELECT n, n * 10 FROM generate_series(1, 9) AS n;
INSERT INTO children SELECT n, nullif(n, 5), n * 10 FROM generate_series(1, 9) AS n;
INSERT INTO parts SELECT n, n FROM generate_series(1, 9) AS n;
"""
READ = "SELECT id, parent_id, code FROM children ORDER BY id"
LATER = "DEFERRABLE INITIALLY DEFERRED"
# What is declared, what is declared then; what becomes of the key with --online: it stays
# itself, another one takes its place, or it goes and comes as any.
CHANGES = {
    "later": ("CASCADE", f"CASCADE {LATER}", "stays"),
    "deferrable": ("CASCADE", "CASCADE DEFERRABLE", "stays"),
    "of parts": ("part_of REFERENCES parents", f"part_of REFERENCES parents {LATER}",
                 "stays"),
    "with a comment": ("CASCADE,", "CASCADE DEFERRABLE,", "stays"),
    "action": ("CASCADE", "RESTRICT", "replaced"),
    "update": ("CASCADE", "CASCADE ON UPDATE SET NULL", "replaced"),
    "some columns": ("(code) REFERENCES parents (code)",
                     "(code) REFERENCES parents (code) ON DELETE SET NULL (code)",
                     "replaced"),
    "both": ("CASCADE", f"SET NULL {LATER}", "replaced"),
    "action of parts": ("part_of REFERENCES parents",
                        "part_of REFERENCES parents ON DELETE CASCADE", "replaced"),
    "match": ("REFERENCES parents ON", "REFERENCES parents MATCH FULL ON", "another"),
    "type": ("parent_id integer CONSTRAINT child_of REFERENCES parents ON DELETE CASCADE",
             "parent_id bigint CONSTRAINT child_of REFERENCES parents ON DELETE RESTRICT",
             "another"),
    "name": ("parent_id integer CONSTRAINT child_of REFERENCES parents ON DELETE CASCADE",
             "-- @was parent_id\n"
             "of integer CONSTRAINT child_of REFERENCES parents ON DELETE RESTRICT",
             "another"),
}
KEYS = """SELECT conname, oid FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
    AND convalidated ORDER BY 1"""


def keys(env, url):
    return dict(line.split("|") for line in psql(env, url, KEYS).splitlines())


def transactions(sql):
    return re.split(r"^(?:BEGIN|COMMIT);$", sql, flags=re.MULTILINE)


def fates(sql, stood, now):
    """What became of each key that is another one: gone and come at once, or apart."""
    out = {name: "stays" if now[name] == oid else "another"
           for name, oid in stood.items()}
    for name in out:
        drop, add = f"DROP CONSTRAINT {name};", f"ADD CONSTRAINT {name} "
        if any(drop in part and add in part for part in transactions(sql)):
            out[name] = "replaced"
    return {name: fate for name, fate in out.items()
            if fate != "stays" or f"ALTER CONSTRAINT {name} " in sql}


@params(*((name, way) for name in CHANGES for way in ("--offline", "--online")))
def test_other_rules(env, name, way):
    before, after, fate = CHANGES[name]
    pair = [written(env, "old.sql", SCHEMA),
            written(env, "new.sql", SCHEMA.replace(before, after, 1))]
    url = created(env, pair[0])
    psql(env, url, ROWS)
    stood = keys(env, url)
    rows = psql(env, url, READ)
    for args, end in (((), pair[1]), (("--down",), pair[0])):
        sql = env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", way, *args,
                     *pair)
        psql(env, url, sql)
        env.same_schema(url, created(env, end), column_order=False)
        now = keys(env, url)
        env.equal(len(now), 3, "keys that are valid")
        if way == "--online":
            env.equal(set(fates(sql, stood, now).values()), {fate}, sql)
        if fate != "another":
            env.check("refer to nothing" not in sql, sql)
        psql_refused(env, url, "INSERT INTO children (id, code) VALUES (99, 7)",
                     "by_code")
        stood = now
    env.equal(psql(env, url, READ), rows, "rows")


def test_rows_that_nobody_asked(env):
    """NOT VALID before: whether its rows have parents is still to be asked."""
    loose = SCHEMA.replace(f",\n{BY_CODE}", "")
    key = ("ALTER TABLE children ADD CONSTRAINT by_code FOREIGN KEY (code) REFERENCES"
           " parents (code)")
    pair = [written(env, "old.sql", f"{loose}{key} NOT VALID;"),
            written(env, "new.sql", f"{loose}{key} ON DELETE CASCADE;")]
    url = created(env, pair[0])
    psql(env, url, ROWS)
    for way in ("--offline", "--online"):
        sql = env.ok("diff", "-q", "--dialect", "postgres", way, *pair)
        env.check("refer to nothing" in sql, sql)


def test_a_data_step_between(env):
    """What it does to rows runs while the key is down, and they are asked behind it."""
    (env.dir / "lot").mkdir()
    written(env, "lot/1.0.0.sql", "-- @schema lot\n" + SCHEMA)
    written(env, "lot/2.0.0.sql",
            "-- @schema lot\n" + SCHEMA.replace("CASCADE", "RESTRICT") + "-- @migrate\n"
            "DELETE FROM children WHERE parent_id = 3;\n"
            "DELETE FROM parents WHERE id = 3;\n-- @end\n")
    url = created(env, "lot@1.0.0")
    psql(env, url, ROWS + "DELETE FROM children WHERE code = 30; DELETE FROM parts;")
    psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--online", "--allow",
                          "all", "lot@1.0.0", "lot@2.0.0"))
    env.same_schema(url, created(env, "lot@2.0.0"))
    env.equal(psql(env, url, "SELECT count(*) FROM parents"), "8\n", "rows")
