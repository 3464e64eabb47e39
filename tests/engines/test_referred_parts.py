"""Partitions that go, leave or get another bound while foreign keys refer to the whole:
the server has each key stand on each partition.
"""

from runner.databases import created, psql, psql_refused, written
from runner.engines import params

SCHEMA = """CREATE TABLE lots (
    id integer,
    name text,
    PRIMARY KEY (id)
) PARTITION BY RANGE (id);
{parts}
CREATE TABLE spots (
    id integer PRIMARY KEY,
    lot integer CONSTRAINT of_lot REFERENCES lots ON DELETE CASCADE
);
CREATE TABLE places (
    id integer PRIMARY KEY,
    lot integer{key}
);
COMMENT ON CONSTRAINT of_lot ON spots IS 'of which';
"""
LOW = "CREATE TABLE lots_low PARTITION OF lots FOR VALUES FROM (0) TO ({});\n"
HIGH = "CREATE TABLE lots_high PARTITION OF lots FOR VALUES FROM ({}) TO ({});\n"
OTHER = "CREATE TABLE lots_more PARTITION OF lots FOR VALUES FROM (200) TO (300);\n"
ALONE = "CREATE TABLE lots_high (id integer NOT NULL, name text, PRIMARY KEY (id));\n"
REST = "CREATE TABLE lots_high PARTITION OF lots DEFAULT;\n"
BELOW = ("CREATE TABLE lots_high PARTITION OF lots FOR VALUES FROM (10) TO (100)"
         " PARTITION BY RANGE (id);\n"
         "CREATE TABLE lots_part PARTITION OF lots_high FOR VALUES FROM ({}) TO ({});\n")
KEY = " CONSTRAINT of_place REFERENCES lots"
PLAIN = LOW.format(10) + HIGH.format(10, 20)
RENAMED = """,
    -- @was of_place
    CONSTRAINT of_another FOREIGN KEY (lot) REFERENCES lots"""
# What is declared, what then; whether rows of the upper partition may be referred to.
CHANGES = {
    "another bound": (PLAIN, LOW.format(10) + HIGH.format(10, 30), True),
    "both": (PLAIN, LOW.format(9) + HIGH.format(9, 20), True),
    "the default one": (PLAIN, LOW.format(10) + REST, True),
    "another one comes": (PLAIN, LOW.format(10) + HIGH.format(10, 30) + OTHER, True),
    "below": (LOW.format(10) + BELOW.format(10, 20),
              LOW.format(10) + BELOW.format(10, 30), True),
    "leaves": (PLAIN, LOW.format(10) + ALONE, False),
    "leaves, and one comes": (PLAIN, LOW.format(10) + ALONE + OTHER, False),
    "leaves, another moves": (PLAIN, LOW.format(11) + ALONE, False),
    "goes": (PLAIN, LOW.format(10), False),
    "goes, and one comes": (PLAIN, LOW.format(10) + OTHER, False),
}
ROWS = """INSERT INTO lots SELECT n, 'l' || n FROM generate_series(1, 19) AS n
    WHERE n NOT IN (9, 10);
INSERT INTO spots SELECT n, n FROM generate_series(1, 8) AS n;
INSERT INTO places SELECT n, n FROM generate_series(1, 8) AS n;
"""
READ = ("SELECT * FROM lots WHERE id < 10 ORDER BY id", "SELECT * FROM spots ORDER BY id",
        "SELECT * FROM places ORDER BY id")
WAYS = ("--offline", "--online")


def pair_of(env, name, first=KEY, then=KEY):
    old, new, _ = CHANGES[name]
    return [written(env, "old.sql", SCHEMA.format(parts=old, key=first)),
            written(env, "new.sql", SCHEMA.format(parts=new, key=then))]


def moved(env, url, pair, *args):
    psql(env, url, env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all", *args,
                          *pair))
    end = pair[0] if "--down" in args else pair[1]
    env.same_schema(url, created(env, end), column_order=False)
    psql_refused(env, url, "INSERT INTO spots VALUES (99, 77)", "of_lot")


@params(*((name, way) for name in CHANGES for way in WAYS))
def test_under_keys(env, name, way):
    pair = pair_of(env, name)
    stays = CHANGES[name][2]
    url = created(env, pair[0])
    psql(env, url, ROWS)
    if stays:
        psql(env, url, "INSERT INTO spots VALUES (50, 15); INSERT INTO places VALUES"
                       " (50, 16)")
    before = [psql(env, url, q) for q in READ]
    moved(env, url, pair, way)
    env.equal([psql(env, url, q) for q in READ], before, "rows")
    moved(env, url, pair, way, "--down")
    env.equal([psql(env, url, q) for q in READ], before, "rows again")
    env.equal(psql(env, url, "SELECT count(*) FROM lots WHERE id > 9"),
              "0\n" if name.startswith("goes") else "9\n", "upper rows")


@params(*((name, way, then) for name in CHANGES if not CHANGES[name][2] for way in WAYS
          for then in (KEY, RENAMED)))
def test_rows_that_are_referred_to(env, name, way, then):
    """Told before anything is changed."""
    pair = pair_of(env, name, then=then)
    url = created(env, pair[0])
    psql(env, url, ROWS + "INSERT INTO places VALUES (50, 16);")
    done = env.schemac("apply", "--yes", "--allow", "all", way, "--database", url,
                       pair[1])
    env.check(done.code != 0 and "places has rows that refer to rows of lots_high"
              " (of_place)" in done.err, done.story())
    env.same_schema(url, created(env, pair[0]), column_order=False)


@params(*((name, way) for name in CHANGES for way in WAYS))
def test_keys_that_are_renamed(env, name, way):
    pair = pair_of(env, name, then=RENAMED)
    url = created(env, pair[0])
    psql(env, url, ROWS)
    before = [psql(env, url, q) for q in READ]
    moved(env, url, pair, way)
    psql_refused(env, url, "INSERT INTO places VALUES (99, 77)", "of_another")
    env.equal([psql(env, url, q) for q in READ], before, "rows")


@params(*((name, way) for name in CHANGES for way in WAYS))
def test_keys_that_come_and_go(env, name, way):
    """One that goes is not in the way of rows; one that comes finds all that join."""
    pair = pair_of(env, name, then="")
    url = created(env, pair[0])
    psql(env, url, ROWS + "INSERT INTO places VALUES (50, 16);")
    moved(env, url, pair, way)
    if CHANGES[name][2]:
        moved(env, url, pair, way, "--down")
        env.equal(psql(env, url, "SELECT count(*) FROM places"), "9\n", "rows")
