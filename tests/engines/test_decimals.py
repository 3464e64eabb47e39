"""What is computed from a decimal, which SQLite keeps as an integer, is what PostgreSQL
computes: in transforms with rows, and in views."""

from runner.databases import Shell

PRICES = ["0.00", "0.49", "0.50", "0.51", "-0.49", "-0.50", "-0.51", "12.34", "-12.35",
          "99999999.99", "-99999999.99"]

# A column's type, what it is computed by, and how many digits SQLite has moved away.
COMPUTED = [
    ("BIGINT", "CAST(price * 100 AS BIGINT)", 0),
    ("INTEGER", "CAST(price AS INTEGER)", 0),
    ("INTEGER", "round(price)", 0),
    ("INTEGER", "trunc(price)", 0),
    ("INTEGER", "floor(price)", 0),
    ("INTEGER", "ceil(price)", 0),
    ("NUMERIC(10,1)", "round(price, 1)", 1),
    ("NUMERIC(10,1)", "trunc(price, 1)", 1),
    ("NUMERIC(10,1)", "CAST(price AS NUMERIC(10,1))", 1),
    ("NUMERIC(12,4)", "price / 100", 4),
    ("NUMERIC(14,3)", "amount / 1000.0", 3),
    ("NUMERIC(14,2)", "CAST(amount / 1000.0 AS NUMERIC(14,2))", 2),
    ("DOUBLE PRECISION", "CAST(price AS DOUBLE PRECISION)", 0),
    ("TEXT", "CAST(price AS TEXT)", 0),
    ("TEXT", "'costs ' || CAST(price * 2 AS TEXT)", 0),
    ("TEXT", "CAST(round(price / 10, 2) AS TEXT)", 0),
    ("VARCHAR(4)", "CAST(price AS VARCHAR(4))", 0),
]

OLD = """-- @schema shop
CREATE TABLE wares (
    id INTEGER PRIMARY KEY,
    price NUMERIC(10,2),
    amount BIGINT
);
"""


def newer():
    added = "".join(f"    c{i} {name}, -- @from {how}\n"
                    for i, (name, how, _) in enumerate(COMPUTED))
    return OLD.replace("    price", added + "    price")


def rows(scale):
    """`scale`: what a price is multiplied by to be stored."""
    values = [f"({i}, {p if scale == 1 else p.replace('.', '')}, {(i - 4) * 12345})"
              for i, p in enumerate(PRICES)]
    values.append("(100, NULL, NULL)")
    return "INSERT INTO wares (id, price, amount) VALUES " + ", ".join(values) + ";"


def shown(engine, number, name, digits):
    """A value as one text for both engines."""
    column = f"c{number}"
    if name.startswith("NUMERIC") and engine == "postgres":
        column = f"CAST({column} * {10 ** digits} AS BIGINT)"
    return f"coalesce(CAST({column} AS TEXT), 'null')"


def computed(env, folder, engine):
    db = Shell(env, engine)
    env.ok("migrate", "to", "1.0.0", folder, "--database", db.at)
    db.ok(rows(1 if engine == "postgres" else 100))
    env.ok("migrate", "up", folder, "--database", db.at)
    columns = [shown(engine, i, name, digits)
               for i, (name, _, digits) in enumerate(COMPUTED)]
    found = db.ok(f"SELECT {', '.join(columns)} FROM wares ORDER BY id;")
    # A whole floating point number has a point in SQLite's text.
    return [[without_point(value) for value in line.split("|")]
            for line in found.splitlines()]


def without_point(value):
    return value[:-2] if value.endswith(".0") else value


def test_transforms(env):
    folder = env.dir / "shop"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text(OLD)
    (folder / "2.0.0.sql").write_text(newer())
    lite, server = (computed(env, folder, engine) for engine in ("sqlite", "postgres"))
    env.equal(len(lite), len(PRICES) + 1, "rows")
    for i, (_, how, _) in enumerate(COMPUTED):
        env.equal([row[i] for row in lite], [row[i] for row in server], how)


def test_digits_of_a_quotient(env):
    """How many zeros the text of a quotient ends in is nothing that we know."""
    old, new = env.dir / "old.sql", env.dir / "new.sql"
    old.write_text(OLD)
    added = "    c TEXT, -- @from CAST({} AS TEXT)\n    price"
    for how, is_refused in (("price / 10", True), ("round(price / 10, 1)", False)):
        new.write_text(OLD.replace("    price", added.format(how)))
        done = env.schemac("diff", "--dialect", "sqlite", old, new)
        env.equal("as the server sees fit" in done.err, is_refused, done.err)


VIEW = OLD + """
CREATE VIEW neighbours AS
SELECT id, lag(price, 1) OVER (ORDER BY id) AS before,
       lead(price, 2, 7) OVER (ORDER BY id) AS after,
       nth_value(price, 3) OVER (ORDER BY id) AS third
FROM wares;
"""


def test_other_rows(env):
    """lag(price, 1) is one row before, not a hundred."""
    file = env.dir / "shop.sql"
    file.write_text(VIEW)
    found = {}
    for engine, unit in (("sqlite", 1), ("postgres", 100)):
        db = Shell(env, engine)
        db.ok(env.ok("ddl", "-q", "--dialect", engine, file))
        db.ok(rows(1 if engine == "postgres" else 100))
        found[engine] = db.ok(
            f"SELECT id, CAST(before * {unit} AS BIGINT), "
            f"CAST(after * {unit} AS BIGINT), CAST(third * {unit} AS BIGINT) "
            "FROM neighbours ORDER BY id;")
    env.equal(found["sqlite"], found["postgres"], "the rows beside")
    env.check("\n1|0|51|" in found["sqlite"], found["sqlite"])
