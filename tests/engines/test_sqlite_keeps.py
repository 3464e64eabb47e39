"""Nothing that a SQLite database says is lost when it is read, made anew or rebuilt."""

from runner.outside import sqlite_shape

SCHEMA = """
CREATE TABLE parent (
    a INTEGER NOT NULL,
    b TEXT COLLATE NOCASE,
    CONSTRAINT parent_key PRIMARY KEY (a, b) ON CONFLICT REPLACE
) WITHOUT ROWID;
CREATE TABLE child (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    "select" TEXT NOT NULL ON CONFLICT IGNORE DEFAULT ('x' || 'y'),
    "Upper" TEXT CONSTRAINT upper_unique UNIQUE ON CONFLICT ABORT,
    a INTEGER,
    b TEXT,
    twice INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL,
    thrice INTEGER GENERATED ALWAYS AS (a * 3) STORED,
    CONSTRAINT up FOREIGN KEY (a, b) REFERENCES parent (a, b)
        ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT small CHECK (a < 100)
);
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, any_value ANY, n INT) STRICT;
CREATE UNIQUE INDEX child_part ON child (b COLLATE RTRIM DESC, lower("Upper"))
    WHERE a > 3;
CREATE VIEW names (one, "Two") AS SELECT id, "select" FROM child;
CREATE TRIGGER tr AFTER UPDATE OF a ON child WHEN new.a > 5 BEGIN
    UPDATE child SET b = 'much' WHERE id = new.id;
END;
CREATE TRIGGER names_in INSTEAD OF INSERT ON names BEGIN
    INSERT INTO child ("select") VALUES (new."Two");
END;
"""


def described(env, path):
    return env.ok("describe", f"sqlite:{path}")


def test_read_and_made_anew(env):
    itself = env.sqlite("one.db", SCHEMA)
    text = described(env, itself)
    declared = env.dir / "declared.sql"
    declared.write_text(text)
    made = env.sqlite("two.db", env.ok("ddl", "--dialect", "sqlite", declared))
    env.equal(env.ok("print", f"sqlite:{made}"), env.ok("print", declared), "made anew")
    shape = sqlite_shape(itself)
    env.equal(len(shape), 20, f"facts in {shape}")
    env.equal(sqlite_shape(made), shape, "to SQLite")


def test_a_rebuild_keeps_the_rest(env):
    path = env.sqlite("one.db", SCHEMA + """
        INSERT INTO parent VALUES (1, 'p');
        INSERT INTO child (a, b) VALUES (1, 'p');""")
    before = env.ok("print", f"sqlite:{path}")
    old, new = env.dir / "old.sql", env.dir / "new.sql"
    old.write_text(before)
    new.write_text(before.replace("a < 100", "a < 200"))
    env.check("a < 200" in new.read_text(), "the check was changed")
    env.sqlite_script(path, env.ok("diff", "--dialect", "sqlite", old, new))
    env.equal(env.ok("print", f"sqlite:{path}"), env.ok("print", new), "rebuilt")
    env.equal(env.query(path, 'SELECT id, "select", a, b, twice, thrice FROM child'),
              [(1, "xy", 1, "p", 2, 3)], "rows")
