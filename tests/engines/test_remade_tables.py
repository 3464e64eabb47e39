"""A table that is partitioned from now on, no more, or by another key: another table
takes its name and its rows, with whatever stands on it and refers to it.
"""

import re

from runner.databases import created, psql, psql_refused, written
from runner.engines import params

HEAD = """CREATE TABLE accounts (id integer PRIMARY KEY, name text NOT NULL);
CREATE TYPE mood AS ENUM ('good', 'bad', 'odd');
CREATE SEQUENCE tickets OWNED BY NONE;
CREATE FUNCTION stamped() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN NEW.note := 'stamped'; RETURN NEW; END$$;
"""
EVENTS = """CREATE TABLE events (
    id bigserial,
    account_id integer NOT NULL CONSTRAINT of_account REFERENCES accounts,
    kind varchar(20) NOT NULL DEFAULT 'x' CHECK (kind <> ''),
    at timestamp NOT NULL,
    note text,
    mood mood DEFAULT 'bad',
    ticket bigint DEFAULT nextval('tickets'),
    year integer GENERATED ALWAYS AS (date_part('year', at)::integer) STORED,
    parent bigint,
    parent_kind varchar(20),
    parent_at timestamp,
    PRIMARY KEY (id, kind, at),
    CONSTRAINT once UNIQUE (account_id, id, kind, at),
    CONSTRAINT of_parent FOREIGN KEY (parent, parent_kind, parent_at)
        REFERENCES events (id, kind, at)
)"""
REST = """
CREATE INDEX events_at ON events (at) WHERE note IS NOT NULL;
CREATE INDEX ON events (lower(kind), account_id);
CREATE TABLE remarks (
    id integer PRIMARY KEY,
    event bigint,
    kind varchar(20),
    at timestamp,
    words text NOT NULL,
    CONSTRAINT of_event FOREIGN KEY (event, kind, at) REFERENCES events (id, kind, at)
        ON DELETE CASCADE
);
CREATE VIEW recent AS SELECT * FROM events WHERE at > '2023-06-01';
CREATE VIEW recent_kinds AS SELECT DISTINCT kind FROM recent;
CREATE MATERIALIZED VIEW by_year AS SELECT year, count(*) AS n FROM events GROUP BY year;
CREATE TRIGGER stamp BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION stamped();
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY few ON events FOR SELECT USING (id > 5);
CREATE FUNCTION event_count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC
    SELECT count(*) FROM events; END;
CREATE STATISTICS together ON account_id, kind FROM events;
GRANT SELECT, UPDATE (note) ON events TO PUBLIC;
COMMENT ON TABLE events IS 'what happened';
COMMENT ON COLUMN events.at IS 'when';
COMMENT ON CONSTRAINT of_account ON events IS 'whose';
COMMENT ON INDEX events_at IS 'to find them';
"""
NUMBERS = """GRANT USAGE ON SEQUENCE events_id_seq TO PUBLIC;
COMMENT ON SEQUENCE events_id_seq IS 'numbers';
"""
PLAIN = EVENTS + ";"
RANGE = EVENTS + """ PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX only_here ON events_2024 (ticket);
"""
LIST = EVENTS + """ PARTITION BY LIST (kind);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES IN ('k0', 'k1');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
"""
HASH = EVENTS + """ PARTITION BY HASH (id);
CREATE TABLE events_h0 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_h1 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 1);
"""
LEVELS = EVENTS + """ PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events
    FOR VALUES FROM ('2023-01-01') TO ('2024-01-01') PARTITION BY LIST (kind);
CREATE TABLE events_2023_k PARTITION OF events_2023 FOR VALUES IN ('k0', 'k1', 'k2');
CREATE TABLE events_2023_r PARTITION OF events_2023 DEFAULT;
CREATE TABLE events_2024 PARTITION OF events
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
"""
OTHER_LEVELS = LEVELS.replace("BY LIST (kind)", "BY RANGE (id)").replace(
    "IN ('k0', 'k1', 'k2')", "FROM (0) TO (5)")
# Each is a pair of declarations, up and down.
KEYS = {"plain": PLAIN, "range": RANGE, "list": LIST, "hash": HASH, "levels": LEVELS,
        "other levels": OTHER_LEVELS}
TURNS = (("plain", "range"), ("range", "list"), ("list", "hash"), ("levels", "plain"),
         ("levels", "other levels"), ("hash", "levels"))
ROWS = """INSERT INTO accounts SELECT n, 'a' || n FROM generate_series(1, 3) AS n;
ALTER TABLE events DISABLE TRIGGER stamp;
INSERT INTO events (account_id, kind, at, note, mood)
    SELECT 1 + n % 3, 'k' || n % 4, timestamp '2023-01-01' + n * interval '2 months',
        nullif('n' || n, 'n3'), (enum_range(NULL::mood))[1 + n % 3]
    FROM generate_series(1, 10) AS n;
UPDATE events SET parent = 1, parent_kind = 'k1', parent_at = '2023-03-01' WHERE id > 7;
ALTER TABLE events ENABLE TRIGGER stamp;
INSERT INTO remarks SELECT id, id, kind, at, 'r' || id FROM events WHERE id < 5;
SELECT nextval('events_id_seq') FROM generate_series(1, 90);
REFRESH MATERIALIZED VIEW by_year;
"""
COLUMNS = "id, account_id, {kind}, at, note, mood, ticket, year, parent, parent_kind"
READ = ("SELECT " + COLUMNS + ", parent_at FROM {events} ORDER BY id",
        "SELECT id, event, at, words FROM remarks ORDER BY id",
        "SELECT * FROM by_year ORDER BY year", "SELECT * FROM recent_kinds ORDER BY 1")
WAYS = ("--offline", "--online")


def schema(events, rest=REST + NUMBERS):
    return HEAD + events + rest


def read(env, url, kind="kind", events="events"):
    return [psql(env, url, q.format(kind=kind, events=events)) for q in READ]


def moved(env, url, pair, way, *args):
    psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", way,
                          *args, *pair))
    end = pair[0] if "--down" in args else pair[1]
    env.same_schema(url, created(env, end), column_order=False)
    env.equal(env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", url, end), "",
              "a second diff")


def files(env, old, new):
    return [written(env, "old.sql", old), written(env, "new.sql", new)]


@params(*((*turn, way) for turn in TURNS for way in WAYS))
def test_there_and_back(env, old, new, way):
    pair = files(env, schema(KEYS[old]), schema(KEYS[new]))
    url = created(env, pair[0])
    psql(env, url, ROWS)
    before = read(env, url)
    number = 100
    for args in ((), ("--down",)):
        moved(env, url, pair, way, *args)
        env.equal(read(env, url), before, "rows")
        made = psql(env, url, "INSERT INTO events (account_id, kind, at) VALUES (3, 'k1',"
                    " '2023-05-05') RETURNING id, note, mood").strip().split("|")
        env.check(int(made[0]) > number, f"{made[0]} came before")
        env.equal(made[1:], ["stamped", "bad"], "of a new row")
        number = int(made[0])
        psql(env, url, f"DELETE FROM events WHERE id = {number}")
        psql_refused(env, url, "INSERT INTO remarks VALUES (99, 99, 'k9', '2023-01-01',"
                     " 'w')", "of_event")
        psql_refused(env, url, "INSERT INTO events (account_id, kind, at) VALUES (7, 'k',"
                     " '2023-01-01')", "of_account")


# What else changes in the same version: (in the old schema, in the new one) in order.
BESIDE = {
    "a longer text": (("kind varchar(20) NOT NULL", "kind text NOT NULL"),),
    "another type": (("account_id integer", "account_id bigint"),
                     ("accounts (id integer", "accounts (id bigint")),
    "a value": (("note text,",
                 "note text,\n    more integer NOT NULL -- @from id * 2\n,"),),
    "a default": (("note text,", "note text DEFAULT 'none',"),),
    "not null": (("mood mood DEFAULT", "mood mood NOT NULL DEFAULT"),),
    "another name": (("CREATE TABLE events (", "-- @was EVENTS\nCREATE TABLE events ("),
                     ("    note text,", "    -- @was NOTE\n    remark text,")),
    "identity": (("id bigserial", "id bigint GENERATED ALWAYS AS IDENTITY"),),
    "owned": (("tickets OWNED BY NONE", "tickets"),
              ("CREATE INDEX events_at",
               "ALTER SEQUENCE tickets OWNED BY events.ticket;\nCREATE INDEX events_at")),
    "another check": (("kind <> ''", "kind <> 'y'"),),
    "an enum that loses a value": (
        ("CREATE TYPE mood AS ENUM ('good', 'bad', 'odd')",
         "-- @map 'odd' = 'bad'\nCREATE TYPE mood AS ENUM ('good', 'bad')"),),
    "a value's name": (("'odd')", "\n-- @was odd\n'strange')"),),
    "a new name of a key": (("CONSTRAINT once", "CONSTRAINT only_once"),),
    "other rights": (("GRANT SELECT, UPDATE (note)", "GRANT SELECT, INSERT"),),
    "no trigger": (("CREATE TRIGGER stamp BEFORE INSERT",
                    "CREATE TRIGGER stamp BEFORE UPDATE"),),
}


@params(*((name, way) for name in BESIDE for way in WAYS))
def test_what_else_changes(env, name, way):
    new = schema(RANGE, REST)
    for before, after in BESIDE[name]:
        env.check(before in new, before)
        new = new.replace(before, after)
    if name == "another name":
        for before, after in (("events", "happenings"), ("note", "remark")):
            new = re.sub(rf"\b{before}\b", after, new)
            new = new.replace(f"@was {before.upper()}", f"@was {before}")
    pair = files(env, schema(PLAIN, REST), new)
    url = created(env, pair[0])
    psql(env, url, ROWS)
    before = read(env, url)
    moved(env, url, pair, way)
    env.equal(psql(env, url, "SELECT count(*), count(DISTINCT id) FROM recent"), "8|8\n",
              "rows")
    moved(env, url, pair, way, "--down")
    after = read(env, url)
    if name == "an enum that loses a value":
        before = [text.replace("odd", "bad") for text in before]
    env.equal(after, before, "rows")


# ---- what only some tables have ----

SMALL = """CREATE TABLE t (
    id integer NOT NULL,
    day {day} NOT NULL,
    region text NOT NULL,
    n integer DEFAULT 7,
    PRIMARY KEY ({key})
) {by};
{parts}
"""
BY_DAY = {"by": "PARTITION BY RANGE (day)", "key": "id, day", "day": "date",
          "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO"
                   " ('2030-01-01');"}
BY_REGION = {"by": "PARTITION BY LIST (region)", "key": "id, region", "day": "date",
             "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES IN ('r0', 'r1', 'r2');"}
WHOLE = {"by": "", "key": "id, day", "day": "date", "parts": ""}
SMALL_ROWS = """INSERT INTO t SELECT n, date '2020-01-05' + n, 'r' || n % 3, nullif(n, 4)
    FROM generate_series(1, 9) AS n;
"""
ALL = "SELECT id, day::date, region, n FROM t ORDER BY id"


def small(form, rest="", **other):
    return SMALL.format(**{**form, **other}) + rest


def type_parts(day):
    return (BY_DAY["parts"] if day != "integer" else
            "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (100000);")


# The old declarations, the new ones, with rows that are the same both ways.
SMALLS = {
    "key type": (small(BY_DAY), small(BY_DAY, day="timestamp")),
    "key type with a zone": (small(BY_DAY, day="timestamp"),
                             small(BY_DAY, day="timestamp(3)")),
    "collation of a key": (
        small(BY_REGION),
        small(BY_REGION).replace("region text", 'region text COLLATE "C"')),
    "an expression": (small(BY_DAY, key="id, day").replace("PRIMARY KEY (id, day)",
                                                           "CHECK (id > 0)"),
                      small({**BY_DAY,
                             "by": "PARTITION BY RANGE (date_part('year', day))",
                             "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM"
                                      " (2000) TO (2100);"}).replace(
                                          "PRIMARY KEY (id, day)", "CHECK (id > 0)")),
    "a domain over another type": tuple(
        f"CREATE DOMAIN number AS {over};\n" + small({
            **BY_DAY, "by": "PARTITION BY LIST (id)", "parts":
            "CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1, 2, 3, 4, 5, 6, 7, 8, 9);"
            }).replace("id integer", "id number")
        for over in ("integer CHECK (VALUE > 0)", "bigint CHECK (VALUE >= 0)")),
    "an expression over a time": tuple(
        small({**BY_DAY, "by": "PARTITION BY RANGE (id, (day + '1:00'))",
               "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0, MINVALUE)"
                        " TO (9, MAXVALUE);"}, day=day).replace(
                            "PRIMARY KEY (id, day)", "CHECK (id > 0)")
        for day in ("timestamp", "timestamp(3)")),
    "rights on numbers": tuple(
        small(form, "GRANT USAGE ON SEQUENCE t_id_seq TO PUBLIC;").replace(
            "id integer NOT NULL", "id serial") for form in (WHOLE, BY_DAY)),
    "a partition leaves": (
        small(BY_DAY, "CREATE TABLE t_9 PARTITION OF t FOR VALUES FROM ('2030-01-01') TO"
                      " ('2031-01-01');"),
        small({**BY_DAY, "by": "PARTITION BY LIST (region)", "key": "id, day, region",
               "parts": "CREATE TABLE t_1 PARTITION OF t DEFAULT;"},
              "CREATE TABLE t_9 (id integer NOT NULL, day date NOT NULL,"
              " region text NOT NULL, n integer DEFAULT 7, PRIMARY KEY (id, day));")),
    "rows of its type": tuple(
        small(form, "CREATE FUNCTION twice(r t) RETURNS integer LANGUAGE sql STABLE AS"
                    " 'SELECT r.n * 2';\nCREATE FUNCTION all_of() RETURNS SETOF t"
                    " LANGUAGE sql STABLE AS 'SELECT * FROM t';\n"
                    "CREATE VIEW twices AS SELECT t.id, twice(t) FROM t;")
        for form in (WHOLE, BY_DAY)),
    "choices": tuple(
        small(form, "CREATE UNIQUE INDEX t_id_day ON t (id, day);\n")
        for form in (WHOLE, BY_DAY)),
    "another schema": (
        "CREATE SCHEMA s;\n" + small(WHOLE),
        "CREATE SCHEMA s;\n-- @was public.t\n" + small(BY_DAY).replace(
            "TABLE t ", "TABLE s.t ").replace("OF t ", "OF s.t ")),
    "a foreign key not checked": tuple(
        small(form, "CREATE TABLE u (id integer, day date);\n"
                    "ALTER TABLE u ADD CONSTRAINT of_t FOREIGN KEY (id, day) REFERENCES t"
                    + valid + ";")
        for form, valid in ((BY_DAY, ""), (WHOLE, " NOT VALID"))),
    "two at once": tuple(
        small(form) + small(form, key="id, day, region").replace(
            "TABLE t", "TABLE v").replace("OF t ", "OF v ").replace(
            "PRIMARY KEY", "FOREIGN KEY (id, day) REFERENCES t, PRIMARY KEY")
        for form in (WHOLE, BY_DAY)),
    "initial rows": (
        small(WHOLE, "INSERT INTO t (id, day, region) VALUES (100, '2021-01-01', 'x');"),
        small(BY_DAY, "INSERT INTO t (id, day, region) VALUES (100, '2021-01-01', 'x'),"
                      " (101, '2021-01-01', 'y');")),
    "a rule": tuple(
        small(form, "CREATE TABLE log (id integer);\n"
                    "CREATE RULE logged AS ON DELETE TO t DO ALSO"
                    " INSERT INTO log VALUES (OLD.id);\n"
                    "CREATE POLICY seen ON log USING (EXISTS (SELECT 1 FROM t"
                    " WHERE t.id = log.id));") for form in (WHOLE, BY_DAY)),
    "a trigger of a part": (
        small(BY_DAY, "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
                      " 'BEGIN RETURN NEW; END';\nCREATE TRIGGER g BEFORE UPDATE ON t_1"
                      " FOR EACH ROW EXECUTE FUNCTION f();\n"
                      "CREATE INDEX t_1_n ON t_1 (n);\nGRANT SELECT ON t_1 TO PUBLIC;"),
        small({**BY_DAY, "by": "PARTITION BY RANGE (id)", "key": "id",
               "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);\n"
                        "CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);"},
              "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
              " 'BEGIN RETURN NEW; END';\nCREATE TRIGGER g BEFORE UPDATE ON t_1"
              " FOR EACH ROW EXECUTE FUNCTION f();\nCREATE INDEX t_1_n ON t_1 (n, id);"
              "\nGRANT SELECT ON t_1 TO PUBLIC;")),
    "a child leaves": (
        small(WHOLE, "CREATE TABLE c () INHERITS (t);"),
        small(BY_DAY, "CREATE TABLE c (id integer NOT NULL, day date NOT NULL,"
                      " region text NOT NULL, n integer DEFAULT 7);")),
    "it leaves its parent": (
        "CREATE TABLE o (id integer NOT NULL);\n" + small(WHOLE).replace(
            ")\n) ;", ")\n) INHERITS (o);"),
        "CREATE TABLE o (id integer NOT NULL);\n" + small(BY_DAY)),
    "options": (small(WHOLE, "ALTER TABLE t CLUSTER ON t_pkey;\nALTER TABLE t REPLICA"
                             " IDENTITY FULL;\nALTER TABLE t SET (fillfactor = 70);"),
                small(BY_DAY)),
}


@params(*((name, way) for name in SMALLS for way in WAYS))
def test_small_ones(env, name, way):
    pair = files(env, *SMALLS[name])
    url = created(env, pair[0])
    psql(env, url, SMALL_ROWS)
    if name == "a foreign key not checked":
        psql(env, url, "INSERT INTO u VALUES (3, '2020-01-08'), (99, NULL)")
    if name == "two at once":
        psql(env, url, "INSERT INTO v SELECT * FROM t")
    before = psql(env, url, ALL)
    there = ALL.replace("FROM t ", "FROM s.t ") if name == "another schema" else ALL
    moved(env, url, pair, way)
    now = psql(env, url, there)
    if name == "initial rows":
        before += "101|2021-01-01|y|7\n"
    env.equal(now, before, "rows")
    if name == "a child leaves":
        return  # one that joins has columns of its own, whatever it is that it joins
    moved(env, url, pair, way, "--down")
    env.equal(psql(env, url, ALL), before, "rows again")


# Partitions as they were made before the server had any.
CHILD = """CREATE TABLE t_{0} (CHECK (day >= '{1}' AND day < '{2}'),
    PRIMARY KEY (id, day)) INHERITS (t);
CREATE INDEX t_{0}_n ON t_{0} (n);
"""
YEARS = ((2020, "2020-01-01", "2020-01-10"), (2021, "2020-01-10", "2022-01-01"))
INHERITED = small(WHOLE, "".join(CHILD.format(*year) for year in YEARS))
DIVIDED = small({**BY_DAY, "parts": "".join(
    f"CREATE TABLE t_{name} PARTITION OF t FOR VALUES FROM ('{begin}') TO ('{end}');\n"
    for name, begin, end in YEARS)}, "CREATE INDEX t_n ON t (n);")


@params(*WAYS)
def test_children_become_partitions(env, way):
    """Each row of a partition goes back into the table of its name."""
    pair = files(env, INHERITED, DIVIDED)
    url = created(env, pair[0])
    psql(env, url, """INSERT INTO t_2020 SELECT n, date '2020-01-01' + n, 'r', n
            FROM generate_series(1, 8) AS n;
        INSERT INTO t_2021 SELECT n, date '2020-01-01' + n, 's', n
            FROM generate_series(9, 20) AS n;""")
    where = "SELECT tableoid::regclass, id, day, region, n FROM t ORDER BY id"
    before = psql(env, url, where)
    for args in ((), ("--down",)):
        moved(env, url, pair, way, *args)
        env.equal(psql(env, url, where), before, "rows and where they are")


def test_rows_of_the_parent(env):
    """They are in no child, and are as much asked for, and moved, as those that are."""
    pair = files(env, INHERITED, DIVIDED)
    url = created(env, pair[0])
    psql(env, url, "INSERT INTO t VALUES (1, '2020-01-05', 'r'), (2, '2021-01-05', 's');"
                   "INSERT INTO t_2020 VALUES (1, '2020-01-05', 'x')")
    done = env.schemac("apply", "--yes", "--allow", "all", "--database", url, pair[1])
    env.check(done.code != 0 and "t has rows that are alike (t_pkey)" in done.err,
              done.story())
    psql(env, url, "DELETE FROM t_2020")
    moved(env, url, pair, "--offline")
    env.equal(psql(env, url, "SELECT tableoid::regclass, id FROM t ORDER BY id"),
              "t_2020|1\nt_2021|2\n", "rows")


# (the new declarations, rows that are there beside the others, what is said of them)
IN_THE_WAY = {
    "no partition": (small(WHOLE), small(BY_DAY),
                     "INSERT INTO t VALUES (10, '2031-01-01', 'x')",
                     "t has rows that no partition takes"),
    "a default elsewhere": (
        small(WHOLE),
        small({**BY_DAY, "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM"
               " ('2020-01-01') TO ('2030-01-01') PARTITION BY LIST (region);\n"
               "CREATE TABLE t_2 PARTITION OF t_1 DEFAULT;", "key": "id, day, region"}),
        "INSERT INTO t VALUES (10, '2031-01-01', 'x')",
        "t has rows that no partition takes"),
    "NULL": (small(WHOLE).replace("region text NOT NULL", "region text"),
             small({**BY_DAY, "by": "PARTITION BY LIST (region)", "parts":
                    "CREATE TABLE t_1 PARTITION OF t FOR VALUES IN ('r0', 'r1', 'r2');"},
                   key="id").replace("region text NOT NULL", "region text").replace(
                       "PRIMARY KEY (id)", "CHECK (id > 0)"),
             "INSERT INTO t VALUES (10, '2025-01-01', NULL)",
             "t has rows that no partition takes"),
    "no partition by then": (
        small(WHOLE), small(BY_DAY, day="timestamp", key="id, at").replace(
            "day timestamp", "-- @was day\n    at timestamp").replace("(day", "(at"),
        "INSERT INTO t VALUES (10, '2031-01-01', 'x')",
        "t has rows that no partition takes"),
    "no partition at all": (small(WHOLE), small(BY_DAY, parts=""), "",
                            "t has rows that no partition takes"),
    "alike": (small(BY_DAY), small(WHOLE, key="id"),
              "INSERT INTO t VALUES (9, '2025-01-01', 'x')",
              "t has rows that are alike (t_pkey)"),
    "a check": (small(WHOLE), small(BY_DAY).replace("n integer DEFAULT 7",
                                                    "n integer DEFAULT 7 CHECK (n < 9)"),
                "", "t has rows that break the check (t_n_check)"),
    "NOT NULL": (small(WHOLE), small(BY_DAY).replace("DEFAULT 7", "NOT NULL"), "",
                 "t.n holds NULL"),
    "an orphan": (small(WHOLE, "CREATE TABLE p (id integer PRIMARY KEY);"),
                  small(BY_DAY, "CREATE TABLE p (id integer PRIMARY KEY);").replace(
                      "n integer DEFAULT 7", "n integer REFERENCES p"), "",
                  "t has rows that refer to nothing (t_n_fkey)"),
    "a value": (small(WHOLE).replace("region text", "region varchar(9)"),
                small({**BY_DAY, "by": "PARTITION BY LIST (region)", "key": "id, region",
                       "parts": "CREATE TABLE t_1 PARTITION OF t DEFAULT;"}).replace(
                           "region text", "region varchar(3)"),
                "INSERT INTO t VALUES (10, '2025-01-01', 'xyzw')",
                "t.region holds what is no value of its new type"),
    "an index": (small(WHOLE), small(BY_DAY, "CREATE UNIQUE INDEX one ON t (n, day);"),
                 "UPDATE t SET day = '2021-01-01', n = 3 WHERE id < 3",
                 "t has rows that are alike (one)"),
}


@params(*((name, way) for name in IN_THE_WAY for way in WAYS))
def test_rows_in_the_way(env, name, way):
    """Told before anything is changed."""
    old, new, rows, words = IN_THE_WAY[name]
    pair = files(env, old, new)
    url = created(env, pair[0])
    psql(env, url, SMALL_ROWS + rows)
    before = psql(env, url, ALL)
    done = env.schemac("apply", "--yes", "--allow", "all", way, "--database", url,
                       pair[1])
    env.check(done.code != 0 and words in done.err, done.story())
    env.equal(psql(env, url, ALL), before, "rows")
    env.same_schema(url, created(env, pair[0]), column_order=False)


REFUSED = {
    "a child of several": (
        small(WHOLE, "CREATE TABLE o (id integer NOT NULL);\n"
                     "CREATE TABLE c () INHERITS (t, o);"),
        small(BY_DAY, "CREATE TABLE o (id integer NOT NULL);"),
        "c has other parents as well"),
    "a publication": (small(WHOLE, "CREATE PUBLICATION p FOR TABLE t;"),
                      small(BY_DAY, "CREATE PUBLICATION p FOR TABLE t;"),
                      "p is kept as text"),
    "a publication of a part": (
        small(BY_DAY, "CREATE PUBLICATION p FOR TABLE t_1;"),
        small({**BY_DAY, "by": "PARTITION BY RANGE (id)", "key": "id",
               "parts": "CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (9);"},
              "CREATE PUBLICATION p FOR TABLE t_1;"), "p is kept as text"),
    "values of a key": (
        small(BY_DAY), small(BY_DAY).replace(
            "day date NOT NULL",
            "day timestamp NOT NULL -- @from day + interval '1 hour'\n"),
        "say the values in a version before"),
    "no cast": (small(BY_DAY), small({**BY_DAY, "parts": type_parts("integer")},
                                     day="integer"), "no cast"),
}


@params(*REFUSED)
def test_refused(env, name):
    old, new, words = REFUSED[name]
    pair = files(env, old, new)
    env.refused(2, words, "diff", "--dialect", "postgres", *pair)


# ---- from version to version ----

FIRST = """-- @schema lot
CREATE TABLE t (
    id bigserial PRIMARY KEY,
    day date NOT NULL,
    n integer,
    code integer NOT NULL,
    gone text DEFAULT 'none',
    state text
);
"""
SECOND = """-- @schema lot
CREATE TABLE t (
    id bigint GENERATED ALWAYS AS IDENTITY,
    day date NOT NULL,
    -- @was n
    -- @back substr(number, 2)::integer
    number text, -- @from 'n' || n
    code varchar(9) NOT NULL,
    twice integer NOT NULL, -- @from code * 2
    state text NOT NULL DEFAULT 'new',
    PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2020-01-08');
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM ('2020-01-08') TO ('2021-01-01');
"""
ROWS_OF_LOT = """INSERT INTO t (day, n, code, gone, state)
    SELECT date '2020-01-01' + n, nullif(n, 4), n * 10, 'g' || n, nullif('s' || n, 's9')
    FROM generate_series(1, 12) AS n;
"""


def versions(env, first, second):
    (env.dir / "lot").mkdir()
    written(env, "lot/1.0.0.sql", first)
    written(env, "lot/2.0.0.sql", second)


def migrated(env, url, *args):
    env.ok("migrate", *args, "--database", url, "lot")
    env.check("equals it" in env.ok("migrate", "verify", "--database", url, "lot"),
              "verify")


def lot_with_rows(env, second, first=FIRST, rows=ROWS_OF_LOT):
    """The database of the first version, from which `second` leads on."""
    versions(env, first, second)
    url = env.postgres()
    migrated(env, url, "to", "1.0.0")
    psql(env, url, rows)
    return url


@params(*WAYS)
def test_values_of_columns(env, way):
    """They are computed, kept and converted as in a table that stays; nothing is lost."""
    url = lot_with_rows(env, SECOND.replace("state text NOT NULL", "state text"))
    before = psql(env, url, "SELECT * FROM t ORDER BY id")
    allowed = ("--allow", "rewrite,long-lock")
    migrated(env, url, "up", way, "--keep=30d", *allowed)
    env.equal(psql(env, url, "SELECT id, number, code, twice FROM t WHERE id IN (3, 4)"
                             " ORDER BY id"), "3|n3|30|60\n4||40|80\n", "values")
    env.equal(psql(env, url, "SELECT tableoid::regclass, count(*) FROM t GROUP BY 1"
                             " ORDER BY 1"), "t_1|6\nt_2|6\n", "partitions")
    made = psql(env, url, "INSERT INTO t (day, code, twice) VALUES ('2020-05-05', '7', 1)"
                          " RETURNING id").strip()
    env.check(int(made) > 12, f"{made} came before")
    psql(env, url, f"DELETE FROM t WHERE id = {made}")
    migrated(env, url, "to", "1.0.0", way, "--keep", "--allow", "all")
    env.equal(psql(env, url, "SELECT * FROM t ORDER BY id"), before, "rows again")
    env.check(int(psql(env, url, "SELECT nextval('t_id_seq')")) > int(made), "numbers")


@params(*WAYS)
def test_a_way_without_what_was_kept(env, way):
    url = lot_with_rows(env, SECOND.replace("state text NOT NULL", "state text"))
    env.refused(3, "--allow data-loss", "migrate", "up", way, "--allow",
                "rewrite,long-lock", "--database", url, "lot")
    migrated(env, url, "up", way, "--allow", "all")
    migrated(env, url, "to", "1.0.0", way, "--allow", "all")
    env.equal(psql(env, url, "SELECT DISTINCT gone FROM t"), "none\n", "the default")


NARROWED = """CREATE TABLE t (
    id integer PRIMARY KEY, day timestamp, weight double precision, code text
);
"""
NARROWER = """CREATE TABLE t (
    id integer{key}, day {day}, weight integer, code integer, more integer
) PARTITION BY RANGE ({by});
CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (MINVALUE) TO ({bound});
CREATE TABLE t_high PARTITION OF t DEFAULT;
"""
BY_ID = NARROWER.format(key=" PRIMARY KEY", by="id", bound="3", day="timestamp")
BY_DAY = NARROWER.format(key="", by="day", bound="'2020-01-05'", day="date")
ROWS_TO_NARROW = """INSERT INTO t
    SELECT n, timestamp '2020-01-01 10:00' + n * interval '1 day',
    n + 0.25, '0' || n FROM generate_series(1, 9) AS n;
"""


def way_back(env, *args):
    plan = env.ok("plan", "-q", "--dialect", "postgres", *args, "lot@1.0.0", "lot@2.0.0")
    return plan[plan.index("The way back ", plan.rindex(" steps: ")):]


@params(*WAYS)
def test_conversions_are_kept(env, way):
    """What a value was before it lost digits, or its spelling, comes back."""
    url = lot_with_rows(env, BY_ID, NARROWED, ROWS_TO_NARROW)
    before = psql(env, url, "SELECT * FROM t ORDER BY id")
    env.equal(way_back(env, "--keep"), """The way back loses:
    the values of t.more
The way back is lossy.
""", "kept")
    said = way_back(env)
    env.check("does not return:\n    the values of t.weight, t.code\n" in said, said)
    migrated(env, url, "up", way, "--keep", "--allow", "rewrite,long-lock")
    env.equal(psql(env, url, "SELECT weight, code FROM t WHERE id = 7"), "7|7\n", "it")
    migrated(env, url, "to", "1.0.0", way, "--keep", "--allow", "all")
    env.equal(psql(env, url, "SELECT * FROM t ORDER BY id"), before, "rows again")


@params(*WAYS)
def test_what_a_key_becomes_is_not_kept(env, way):
    """It is converted between the two tables, and said to be lost."""
    url = lot_with_rows(env, BY_DAY, NARROWED, ROWS_TO_NARROW)
    said = way_back(env, "--keep")
    env.check("does not return:\n    the values of t.day\n" in said, said)
    down = env.ok("plan", "-q", "--down", "--keep", "--dialect", "postgres", "lot@1.0.0",
                  "lot@2.0.0")
    env.check("Does not come back, as the way here took it:\n    the values of t.day\n"
              in down, down)
    env.refused(3, "--allow data-loss", "migrate", "up", way, "--keep", "--allow",
                "rewrite,long-lock", "--database", url, "lot")
    migrated(env, url, "up", way, "--keep", "--allow", "all")
    migrated(env, url, "to", "1.0.0", way, "--keep", "--allow", "all")
    env.equal(psql(env, url, "SELECT * FROM t WHERE id = 7"),
              "7|2020-01-08 00:00:00|7.25|07\n", "the row")


def test_partitions_take_rows_over(env):
    """They come from the old table, and go back into it."""
    versions(env, NARROWED, NARROWED.replace("\n);", ") PARTITION BY RANGE (id);") + """
CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (MINVALUE) TO (3);
CREATE TABLE t_high PARTITION OF t DEFAULT;
""")
    env.equal(way_back(env), """The way back loses nothing that this way keeps.
The way back is lossless.
""", "label")


def test_nothing_of_a_version_that_fails(env):
    """A value that only the server finds, in the middle of it."""
    url = lot_with_rows(env, SECOND.replace("'n' || n", "'n' || 10 / (n - 7)"))
    env.refused(3, "t.state holds NULL", "migrate", "up", "--allow", "all", "--database",
                url, "lot")
    psql(env, url, "UPDATE t SET state = 's9' WHERE state IS NULL")
    before = psql(env, url, "SELECT * FROM t ORDER BY id")
    done = env.schemac("migrate", "up", "--allow", "all", "--database", url, "lot")
    env.check(done.code != 0 and "division by zero" in done.err, done.story())
    env.equal(psql(env, url, "SELECT * FROM t ORDER BY id"), before, "rows")
    env.check("equals it" in env.ok("migrate", "verify", "--database", url, "lot"), "it")


def test_data_steps(env):
    """One that would find the rows in one of two tables, and not know in which."""
    versions(env, FIRST, SECOND + "-- @migrate\nUPDATE t SET state = 'x';\n-- @end\n")
    env.refused(2, "write it into a version of its own", "diff", "--dialect", "postgres",
                "lot@1.0.0", "lot@2.0.0")
    written(env, "lot/2.0.0.sql",
            SECOND + "-- @rollback\nUPDATE t SET state = 'x';\n-- @end\n")
    env.refused(2, "write it into a version of its own", "diff", "--dialect", "postgres",
                "--down", "lot@1.0.0", "lot@2.0.0")


def test_what_programs_see(env):
    """The document and the rules speak of the table, and not of what makes room."""
    versions(env, FIRST, SECOND)
    said = env.ok("plan", "-q", "--dialect", "postgres", "--format", "markdown",
                  "lot@1.0.0", "lot@2.0.0")
    env.check("rows that no partition takes are refused" in said, said)
    env.check("the table's old name is gone" not in said, said)
    said = env.schemac("lint", "--dialect", "postgres", "lot@1.0.0", "lot@2.0.0").err
    env.check("schemac_old" not in said and "locks-parent" not in said, said)
