"""Comments on SQLite, which has none: kept in a table of ours, read back as comments, and
changed without a table being made anew."""

from runner.engines import params

HEAD = "-- @schema people\n"
V1 = HEAD + """
CREATE TABLE people (
    id integer PRIMARY KEY,
    name text NOT NULL,
    mail text CONSTRAINT has_at CHECK (mail LIKE '%@%'),
    CONSTRAINT one_mail UNIQUE NULLS NOT DISTINCT (mail)
);
CREATE TABLE pets (
    id integer PRIMARY KEY,
    owner integer REFERENCES people
);
CREATE INDEX by_name ON people (name);
CREATE VIEW names AS SELECT name FROM people;
CREATE TRIGGER quiet AFTER DELETE ON pets BEGIN SELECT 1; END; -- @only sqlite
COMMENT ON TABLE people IS 'whom we know, "all" of them';
COMMENT ON COLUMN people.name IS 'it''s
in two lines -- and no annotation: @was x';
COMMENT ON COLUMN people.mail IS 'may be absent';
COMMENT ON CONSTRAINT has_at ON people IS 'no more than that';
COMMENT ON CONSTRAINT one_mail ON people IS 'an index in SQLite';
COMMENT ON TABLE pets IS 'animals';
COMMENT ON INDEX by_name IS 'for the list';
COMMENT ON VIEW names IS 'names only';
COMMENT ON COLUMN names.name IS 'as in people';
COMMENT ON TRIGGER quiet ON pets IS 'does nothing'; -- @only sqlite
"""
# Renamed with its comments; some change, come and go; pets go with theirs.
V2 = HEAD + """
-- @was people
CREATE TABLE persons (
    id integer PRIMARY KEY,
    called text NOT NULL, -- @was name
    mail text CONSTRAINT has_at CHECK (mail LIKE '%@%'),
    CONSTRAINT one_mail UNIQUE NULLS NOT DISTINCT (mail)
);
CREATE INDEX by_name ON persons (called);
CREATE VIEW names AS SELECT called AS name FROM persons;
COMMENT ON TABLE persons IS 'whom we know, "all" of them';
COMMENT ON COLUMN persons.id IS 'counts';
COMMENT ON COLUMN persons.called IS 'it''s
in two lines -- and no annotation: @was x';
COMMENT ON COLUMN persons.mail IS 'may be absent, and often is';
COMMENT ON CONSTRAINT has_at ON persons IS 'no more than that';
COMMENT ON VIEW names IS 'names only';
"""
# Comments alone change; then there are none.
V3 = V2.replace("-- @was people\n", "").replace(" -- @was name", "").replace(
    "'names only'", "'what they are called'").replace("'counts'", "''")
V4 = V3.split("COMMENT ON")[0]
VERSIONS = {"1.0.0": V1, "1.1.0": V2, "1.2.0": V3, "1.3.0": V4}
ROWS = """
INSERT INTO people VALUES (1, 'Ada', 'a@b'), (2, 'Bob', NULL);
INSERT INTO pets VALUES (1, 2);
"""


def rows_of(env, path):
    if not env.query(path, "SELECT 1 FROM sqlite_schema WHERE name = 'schemac_comments'"):
        return []
    return env.query(path, "SELECT * FROM schemac_comments ORDER BY 1, 2, 3")


def folder(env):
    path = env.dir / "people"
    path.mkdir()
    for version, text in VERSIONS.items():
        (path / f"{version}.sql").write_text(text)
    return path


def made(env, source, name):
    return env.sqlite(name, env.ok("ddl", "-q", "--dialect", "sqlite", source))


def no_difference(env, one, other):
    for sides in ((one, other), (other, one)):
        out = env.ok("diff", "--exit-code", "-q", "--dialect", "sqlite", *sides)
        env.equal(out, "", f"{one} and {other}")


def test_made_is_described(env):
    source = env.dir / "v1.sql"
    source.write_text(V1)
    path = made(env, source, "a.db")
    env.equal(len(rows_of(env, path)), 10, "comments")
    text = env.ok("describe", path)
    env.check("schemac_comments" not in text, text)
    for line in V1.splitlines():
        if line.startswith("COMMENT ON VIEW") or line.startswith("COMMENT ON TABLE"):
            words = line.split(" IS ")
            env.check(words[1] in text, f"{line} is not in\n{text}")
    no_difference(env, source, path)
    described = env.dir / "described.sql"
    described.write_text(text)
    again = made(env, described, "b.db")
    env.same_schema(path, again)
    env.equal(rows_of(env, again), rows_of(env, path), "made of what was described")
    env.equal(env.ok("print", described), env.ok("print", path), "printed")


def test_what_makes_it_says_the_same(env):
    """The statements of ddl, and a dump, as declarations in SQLite's own terms."""
    source = env.dir / "v1.sql"
    source.write_text(V1)
    path = made(env, source, "a.db")
    script = env.dir / "script.sql"
    script.write_text(env.ok("ddl", "-q", "--dialect", "sqlite", source))
    no_difference(env, script, path)
    dump = env.dir / "dump.sql"
    dump.write_text(env.run("sqlite3", path, ".dump").out)
    no_difference(env, dump, path)
    env.same_schema(made(env, dump, "again.db"), path)


def test_every_way_between_versions(env):
    """Up, down and across: what is migrated is what is made, rows and comments."""
    schema, db = folder(env), env.dir / "people.db"
    for version in ("1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.2.0", "1.1.0", "1.0.0",
                    "1.3.0", "1.0.0"):
        env.ok("migrate", "-q", "to", version, schema, "--allow", "all", "--database", db)
        table = "people" if version == "1.0.0" else "persons"
        if not env.query(db, f"SELECT 1 FROM {table}"):
            env.sqlite_script(db, ROWS)
        env.ok("migrate", "verify", schema, "--database", db)
        no_difference(env, f"{schema}@{version}", db)
        fresh = made(env, f"{schema}@{version}", f"{version}-fresh.db")
        env.equal(rows_of(env, db), rows_of(env, fresh), f"comments at {version}")
        env.same_schema(db, fresh)
        fresh.unlink()
        env.equal(env.query(db, f"SELECT * FROM {table}"),
                  [(1, "Ada", "a@b"), (2, "Bob", None)], f"rows at {version}")


def test_comments_alone_touch_no_table(env):
    schema = folder(env)
    for sides in (("1.1.0", "1.2.0"), ("1.2.0", "1.3.0"), ("1.3.0", "1.2.0")):
        sides = [f"{schema}@{v}" for v in sides]
        script = env.ok("diff", "-q", "--dialect", "sqlite", *sides)
        env.check("schemac_comments" in script, script)
        for words in ("ALTER TABLE", "schemac_new", "DROP VIEW", "DROP INDEX"):
            env.check(words not in script, f"{words} in\n{script}")


def test_drift(env):
    """A comment that nobody declared is drift, and says which; put back it is none."""
    schema, db = folder(env), env.dir / "people.db"
    env.ok("migrate", "-q", "to", "1.2.0", schema, "--database", db)
    change = "UPDATE schemac_comments SET comment = '{}' WHERE object = 'view'"
    env.sqlite_script(db, change.format("mine"))
    env.refused(1, "comment view names was changed", "migrate", "up", schema,
                "--allow", "all", "--database", db)
    env.check(env.schemac("migrate", "verify", schema, "--database", db).code != 0,
              "verify takes it")
    env.sqlite_script(db, change.format("what they are called"))
    env.ok("migrate", "-q", "up", schema, "--allow", "all", "--database", db)
    env.equal(env.query(db, "SELECT 1 FROM sqlite_schema WHERE name LIKE '%comments'"),
              [], "the last comment takes the table along")


@params("apply", "diff")
def test_a_database_without_history(env, how):
    """Comments are put on one that was made by hand, and one by one taken away."""
    schema = folder(env)
    db = env.sqlite("hand.db", env.ok("ddl", "-q", "--dialect", "sqlite",
                                      f"{schema}@1.3.0"))
    for version in ("1.2.0", "1.1.0", "1.3.0"):
        target = f"{schema}@{version}"
        if how == "apply":
            env.ok("apply", "-q", "--yes", target, "--allow", "all", "--database", db)
        else:
            env.sqlite_script(db, env.ok("diff", "-q", "--dialect", "sqlite", db, target))
        no_difference(env, target, db)


def test_what_is_about_nothing_is_told(env):
    """A table that was dropped by hand leaves its comments; they are no error, and come
    back to life with it, as the rows are no longer there."""
    source = env.dir / "v1.sql"
    source.write_text(V1)
    path = made(env, source, "a.db")
    env.sqlite_script(path, "DROP TABLE pets")
    done = env.schemac("describe", path)
    env.equal(done.code, 0, done.story())
    env.check('COMMENT ON TABLE "pets"' not in done.out, done.out)
    env.check("on the table pets" in done.err, done.err)
    env.sqlite_script(path, env.ok("diff", "-q", "--dialect", "sqlite", path, source))
    no_difference(env, source, path)


def test_left_out_with_what_it_is_about(env):
    source = env.dir / "v1.sql"
    source.write_text(V1)
    done = env.schemac("describe", made(env, source, "a.db"), "--exclude",
                       "people,names")
    env.equal((done.code, done.err), (0, ""), done.story())
    env.equal([line for line in done.out.splitlines() if line.startswith("COMMENT")],
              ['COMMENT ON TABLE "pets" IS \'animals\';',
               'COMMENT ON TRIGGER "quiet" ON "pets" IS \'does nothing\';'], "comments")


OWN = """-- @dialect sqlite
CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT CONSTRAINT ck CHECK (c <> ''));
CREATE VIRTUAL TABLE ft USING fts5(words);
COMMENT ON TABLE t IS 'of letters';
COMMENT ON TABLE ft IS 'of words';
COMMENT ON CONSTRAINT ck ON t IS 'not nothing';
"""


def test_declared_in_its_own_terms(env):
    source = env.dir / "own.sql"
    source.write_text(OWN)
    path = made(env, source, "own.db")
    env.equal(rows_of(env, path), [("constraint", "t", "ck", "not nothing"),
                                   ("table", "ft", "", "of words"),
                                   ("table", "t", "", "of letters")], "comments")
    no_difference(env, source, path)
    env.equal(env.ok("print", source), env.ok("print", path), "printed")


@params(("schemac_comments", "the name"), ("SCHEMAC_HISTORY", "the name"))
def test_its_name_is_taken(env, name, message):
    source = env.dir / "taken.sql"
    source.write_text(HEAD + f'CREATE TABLE "{name}" (id integer PRIMARY KEY);\n')
    env.refused(2, message, "ddl", "--dialect", "sqlite", source)
    env.refused(2, message, "ddl", "--dialect", "postgres", source)
