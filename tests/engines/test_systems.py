"""The systems that are declared in schemas/, on both engines: each version fresh, and
reached from each other one with rows in every table.

SQLite goes by `migrate`, PostgreSQL by the scripts that `diff` prints.  At the end the
database is the one that is made fresh, to an outside reader, and the rows have arrived.
The rows are made up from what SQLite says of a fresh database: types, keys, and the
values that a CHECK lists; RULES has what only a declaration knows.
"""

import re
import sqlite3
import uuid

from pathlib import Path

from runner.engines import params
from runner.postgres import find_program

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
VERSIONS = {name: sorted((p.stem for p in (SCHEMAS / name).glob("*.sql")),
                         key=lambda v: [int(part) for part in v.split(".")])
            for name in ("dealer", "variants", "bakery")}
ALL = [(name, v) for name in VERSIONS for v in VERSIONS[name]]
PAIRS = [(name, a, b) for name in VERSIONS
         for a in VERSIONS[name] for b in VERSIONS[name] if a != b]
TABLES = {"dealer": (49, 53, 56), "variants": (14, 14, 15, 15, 15), "bakery": (4, 8)}
ROWS = 5  # of each table that has no initial rows
TEXTS = ("plain", "it's", 'say "no"', "Zoë", "%d;--")


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


# What only the declarations know: the value of the column in row n.
RULES = {
    "campaigns.ends_on": lambda n: "2030-01-01",
    "customer_feedback.score": lambda n: n,
    "customer_vehicles.production_year": lambda n: 2000 + n,
    "insurance_policies.ends_on": lambda n: "2030-01-01",
    "ingredient_lots.quantity_remaining": lambda n: "0.500",
    "invoices.repair_order_id": lambda n: n if n % 2 else None,
    "invoices.sales_order_id": lambda n: None if n % 2 else n,
    "invoices.subtotal": lambda n: money(10010 * n),
    "invoices.tax_amount": lambda n: money(1001 * n),
    "invoices.total_amount": lambda n: money(11011 * n),
    "journal_lines.credit": lambda n: money(0 if n % 2 else 999 * n),
    "journal_lines.debit": lambda n: money(999 * n if n % 2 else 0),
    "part_stocks.reserved": lambda n: "0.50",
    "production_runs.actual_quantity": lambda n: (120, 80, None, 0, 7)[n - 1],
    "project_variants.is_default": lambda n: n % 2 == 1,
    "project_variants.variant_name": lambda n: f"trio_{n}",
    "quotations.discount": lambda n: "0.50",
    "sales_orders.discount": lambda n: money(10 * n),
    "sales_orders.subtotal": lambda n: money(10010 * n),
    "sales_orders.tax_amount": lambda n: money(1000 * n),
    "sales_orders.total_amount": lambda n: money(11000 * n),
    "test_drives.ends_at": lambda n: "2030-01-01 10:00:00",
    "trade_ins.agreed_price": lambda n: money(500 * n),
    "vehicles.production_year": lambda n: 2000 + n,
}
# Rows of the basic bakery as people typed them; 2.0.0 makes what it can of them.
TYPED = """
INSERT INTO recipes (name, created_by) VALUES
    ('Rye', 'ann'), ('Rye', 'bob'), ('Roll', 'ann');
INSERT INTO production_runs (recipe_id, actual_quantity, status) VALUES
    (1, '120', 'running'), (2, 'about 80', 'Done'), (99, NULL, NULL),
    (NULL, '', 'Planned'), (3, '007', 'cancelled');
INSERT INTO pallets (production_run_id, status, location) VALUES
    (1, 'shipped', 'dock'), (NULL, 'who knows', NULL);
INSERT INTO old_ingredient_table (name) VALUES ('flour'), ('flour'), ('salt');
"""


# ---- rows that suit any table ----

class Table:
    def __init__(self, connection, name, sql):
        self.name = name
        self.columns = [(c[1], c[2], not c[3] and not c[5]) for c in
                        connection.execute(f'PRAGMA table_info("{name}")')]
        self.parents = {k[3]: k[2] for k in
                        connection.execute(f'PRAGMA foreign_key_list("{name}")')}
        self.labels = {m[1]: re.findall(r"'([^']*)'", m[2]) for m in
                       re.finditer(r"\b(\w+) IN \(('[^)]*)\)", sql)}
        self.has_rows = connection.execute(
            f'SELECT count(*) FROM "{name}"').fetchone()[0] > 0


def tables_of(path):
    """Parents before their children."""
    connection = sqlite3.connect(path)
    found = {name: Table(connection, name, sql) for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite_%' ORDER BY name").fetchall()}
    connection.close()
    done = []

    def visit(table):
        if table not in done:
            for parent in table.parents.values():
                if parent != table.name:
                    visit(found[parent])
            done.append(table)
    for table in found.values():
        visit(table)
    return done, found


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def made_up(table, column, kind, n):
    """A value of that type, in PostgreSQL's spelling."""
    size = re.search(r"\((\d+)", kind)
    if kind == "UUID":
        return quoted(uuid.uuid5(uuid.NAMESPACE_DNS, f"{table.name} {n}"))
    if kind == "BOOLEAN":
        return "TRUE" if n % 2 else "FALSE"
    if kind.startswith("DECIMAL_INT"):
        return f"{n}.{7 * n:02}" + ("0" if kind.endswith(",3)") else "")
    if kind in ("INTEGER", "BIGINT", "SMALLINT"):
        return str(n)
    if kind == "DATE":
        return quoted(f"2024-02-{n:02}")
    if kind.startswith("TIMESTAMP"):
        return quoted(f"2024-02-{n:02} 07:08:09" + (".25" if n % 2 else ""))
    if kind == "JSON_TEXT":
        return quoted(f'{{"n": {n}}}')
    if kind.startswith("CHAR"):
        return quoted(f"#{n:06x}")
    text = f"{n} {TEXTS[n % len(TEXTS)]} {column}"
    return quoted(text[:int(size[1])] if size else text)


def value_of(found, table, column, kind, nullable, n):
    rule = RULES.get(f"{table.name}.{column}")
    if rule is not None:
        value = rule(n)
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        return "NULL" if value is None else quoted(value)
    parent = found.get(table.parents.get(column))
    if parent is table or (nullable and n == 4):
        return "NULL"
    if parent is not None and parent.has_rows:
        key = next(c[0] for c in parent.columns if not c[2])
        return f"(SELECT {key} FROM {parent.name} ORDER BY 1 LIMIT 1 OFFSET {n % 3})"
    if parent is not None:
        return made_up(parent, "id", kind, n)
    if column in table.labels:
        return quoted(table.labels[column][n % len(table.labels[column])])
    return made_up(table, column, kind, n)


def scaled(kind, value):
    """SQLite holds a decimal as an integer: 12.30 is 1230."""
    if not kind.startswith("DECIMAL_INT") or value == "NULL":
        return value
    return str(int(value.strip("'").replace(".", "")))


def rows_for(path, to_sqlite):
    """INSERTs for a database of the version that `path`, a fresh SQLite one, has."""
    order, found = tables_of(path)
    lines = []
    for table in order:
        for n in range(1, 1 + (0 if table.has_rows else ROWS)):
            values = []
            for column, kind, nullable in table.columns:
                value = value_of(found, table, column, kind, nullable, n)
                values.append(scaled(kind, value) if to_sqlite else value)
            names = ", ".join(c[0] for c in table.columns)
            lines.append(f"INSERT INTO {table.name} ({names})"
                         f" VALUES ({', '.join(values)});\n")
    return "".join(lines)


def content(env, name, version, to_sqlite):
    if (name, version) == ("bakery", "1.0.0"):
        return TYPED
    return rows_for(fresh_sqlite(env, name, version), to_sqlite)


# ---- databases ----

def source(name, version):
    return f"{SCHEMAS / name}@{version}"


def fresh_sqlite(env, name, version):
    path = env.dir / f"fresh-{name}-{version}.db"
    if not path.exists():
        env.sqlite(path.name, env.ok("ddl", "--dialect", "sqlite", source(name, version)))
    return path


def migrate(env, name, version, path, *more):
    done = env.schemac("migrate", "to", version, SCHEMAS / name, "--database", path,
                       *more)
    env.check(done.code == 0, done.story())


def psql(env, url, sql):
    done = env.run(find_program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                   "-d", url, stdin=sql)
    env.check(done.code == 0, done.story()[-3000:])
    return done.out


def fresh_postgres(env, name, version):
    url = env.postgres()
    psql(env, url, env.ok("ddl", "--dialect", "postgres", source(name, version)))
    return url


def fill_sqlite(env, path, rows):
    env.sqlite_script(path, f"PRAGMA foreign_keys = ON; BEGIN;{rows}COMMIT;")


def fill_postgres(env, url, rows):
    psql(env, url, f"BEGIN;{rows}COMMIT;")


def scripts(name, start, end):
    """Arguments of `diff` for each step of the way."""
    versions = VERSIONS[name]
    a, b = versions.index(start), versions.index(end)
    if a < b:
        return [["diff", "--dialect", "postgres", source(name, start), source(name, end)]]
    return [["diff", "--dialect", "postgres", "--down", "--allow", "all",
             source(name, end), source(name, start)]]


# ---- what is in them ----

# Data steps change these, or they change their meaning.
CHANGED = {"users.role", "users.role_id", "repair_orders.updated_at",
           "repair_orders.bay_id", "repair_orders.bay_number",
           "project_equipment_groups.name", "recipes.version", "recipes.updated_at",
           "production_runs.updated_at", "production_runs.recipe_id",
           "production_runs.status", "production_runs.actual_quantity",
           "pallets.status"}


def common_columns(env, name, start, end):
    _, old = tables_of(fresh_sqlite(env, name, start))
    _, new = tables_of(fresh_sqlite(env, name, end))
    for table in sorted(set(old) & set(new)):
        new_columns = [c[0] for c in new[table].columns]
        columns = [c[0] for c in old[table].columns
                   if c[0] in new_columns and f"{table}.{c[0]}" not in CHANGED]
        yield table, ", ".join(columns)


def snapshot(env, name, start, end, ask):
    return {table: ask(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
            for table, columns in common_columns(env, name, start, end)}


def sqlite_asker(env, path):
    return lambda sql: env.query(path, sql)


def postgres_asker(env, url):
    return lambda sql: psql(env, url, sql).splitlines()


def rows_kept(env, before, after, what):
    for table, rows in before.items():
        env.check(len(rows) > 0, f"{table} is empty")
        missing = [row for row in rows if row not in after[table]]
        env.equal(missing, [], f"{what}: rows of {table} that are gone or changed")


# ---- tests ----

@params(*ALL)
def test_is_clean(env, name, version):
    env.ok("check", source(name, version))
    env.ok("lint", source(name, version))
    env.equal(env.ok("print", source(name, version)).count("CREATE TABLE "),
              TABLES[name][VERSIONS[name].index(version)], "tables")


@params(*ALL)
def test_fresh_sqlite(env, name, version):
    path = env.dir / "app.db"
    migrate(env, name, version, path)
    env.same_schema(path, fresh_sqlite(env, name, version))
    done = env.schemac("diff", "--exit-code", source(name, version), path)
    env.check(done.code == 0, done.story())


@params(*PAIRS)
def test_road_on_sqlite(env, name, start, end):
    path = env.dir / "app.db"
    migrate(env, name, start, path)
    fill_sqlite(env, path, content(env, name, start, True))
    ask = sqlite_asker(env, path)
    before = snapshot(env, name, start, end, ask)
    migrate(env, name, end, path, "--allow", "data-loss")
    rows_kept(env, before, snapshot(env, name, start, end, ask), f"{start} to {end}")
    env.equal(ask("PRAGMA foreign_key_check"), [], "orphans")
    env.same_schema(path, fresh_sqlite(env, name, end), column_order=False)
    migrate(env, name, start, path, "--allow", "data-loss")
    rows_kept(env, before, snapshot(env, name, start, end, ask), "there and back")
    env.same_schema(path, fresh_sqlite(env, name, start), column_order=False)
    done = env.schemac("migrate", "verify", SCHEMAS / name, "--database", path)
    env.check(done.code == 0, done.story())


@params(*PAIRS)
def test_road_on_postgres(env, name, start, end):
    url = fresh_postgres(env, name, start)
    fill_postgres(env, url, content(env, name, start, False))
    ask = postgres_asker(env, url)
    before = snapshot(env, name, start, end, ask)
    for way in scripts(name, start, end):
        psql(env, url, env.ok(*way))
    rows_kept(env, before, snapshot(env, name, start, end, ask), f"{start} to {end}")
    env.same_schema(url, fresh_postgres(env, name, end), column_order=False)
    for way in scripts(name, end, start):
        psql(env, url, env.ok(*way))
    rows_kept(env, before, snapshot(env, name, start, end, ask), "there and back")
    env.same_schema(url, fresh_postgres(env, name, start), column_order=False)
