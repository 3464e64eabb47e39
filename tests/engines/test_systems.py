"""The systems that are declared in schemas/, on both engines: each version fresh, and
reached from each other one with rows in every table.  What each plan wants beyond that
stands below; test_bookings.py and test_two_roads.py have more of two of them.

SQLite goes by `migrate`, PostgreSQL by the scripts that `diff` prints.  At the end the
database is the one that is made fresh, to an outside reader, and the rows have arrived.
The rows are made up from what SQLite says of a fresh database: types, keys, and the
values that a CHECK lists; RULES has what only a declaration knows.
"""

import functools
import re
import sqlite3
import uuid

from pathlib import Path

from runner.databases import (created, psql, psql_refused, sqlite_refused, try_psql,
                              written)
from runner.engines import params
from runner.postgres import find_program

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
VERSIONS = {name: sorted((p.stem for p in (SCHEMAS / name).glob("*.sql")),
                         key=lambda v: [int(part) for part in v.split(".")])
            for name in ("parking", "dealer", "variants", "bookings", "bakery")}
BOOKINGS = VERSIONS.pop("bookings")  # all of it but its losses is in test_bookings.py
ALL = [(name, v) for name in VERSIONS for v in VERSIONS[name]]


def test_the_files_are_laid_out(env):
    done = env.schemac("fmt", "--check", *sorted(SCHEMAS.glob("*/*.sql")))
    env.check(done.code == 0, done.story())


PAIRS = [(name, a, b) for name in VERSIONS
         for a in VERSIONS[name] for b in VERSIONS[name] if a != b]
# Those of parking, with odd rows and counters, are in test_two_roads.py.
LITE_PAIRS = [pair for pair in PAIRS if pair[0] != "parking"]
STEPS = [(name, a, b) for name, versions in (*VERSIONS.items(), ("bookings", BOOKINGS))
         for a, b in zip(versions, versions[1:])]
TABLES = {"parking": (3, 4, 5, 7), "dealer": (49, 53, 56),
          "variants": (14, 14, 15, 15, 15), "bakery": (4, 8)}
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
ORPHAN = "INSERT INTO pallets (production_run_id) VALUES (77);"


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


@functools.cache
def tables_of(path):
    """Parents before their children; and by name.  Of a fresh database."""
    connection = sqlite3.connect(path)
    found = {name: Table(connection, name, sql) for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite_%' AND name <> 'schemac_comments'"
        " ORDER BY name").fetchall()}
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


def fresh_postgres(env, name, version):
    return created(env, source(name, version))


def fill_sqlite(env, path, rows):
    env.sqlite_script(path, f"PRAGMA foreign_keys = ON; BEGIN;{rows}COMMIT;")


def fill_postgres(env, url, rows):
    psql(env, url, f"BEGIN;{rows}COMMIT;")


def script(name, start, end):
    """Arguments of `diff` for the way."""
    versions = VERSIONS[name]
    up = versions.index(start) < versions.index(end)
    ends = [source(name, v) for v in ((start, end) if up else (end, start))]
    return ["diff", "--dialect", "postgres", *([] if up else ["--down"]),
            "--allow", "all", *ends]


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
    """{table: its rows}, in the columns that both versions have."""
    return {table: ask(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
            for table, columns in common_columns(env, name, start, end)}


def sqlite_asker(path):
    connection = sqlite3.connect(path, isolation_level=None)
    return lambda sql: connection.execute(sql).fetchall()


def postgres_snapshot(env, name, start, end, url):
    """The same in one call of psql."""
    parts, queries = [], []
    for table, columns in common_columns(env, name, start, end):
        parts.append(table)
        queries.append(f"SELECT {quoted('== ' + table)};"
                       f"SELECT {columns} FROM {table} ORDER BY 1, 2;")
    out = psql(env, url, "".join(queries))
    return {part.split("\n", 1)[0]: part.split("\n")[1:-1]
            for part in out.split("== ")[1:]}


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
    env.ok("fmt", "--check", SCHEMAS / name / f"{version}.sql")
    env.equal(env.ok("print", source(name, version)).count("CREATE TABLE "),
              TABLES[name][VERSIONS[name].index(version)], "tables")


@params(*ALL)
def test_fresh_sqlite(env, name, version):
    path = env.dir / "app.db"
    migrate(env, name, version, path)
    env.same_schema(path, fresh_sqlite(env, name, version))
    done = env.schemac("diff", "--exit-code", source(name, version), path)
    env.check(done.code == 0, done.story())


@params(*ALL)
def test_fresh_postgres(env, name, version):
    """What the server says of it is the declaration, and so is what is made of that."""
    url = fresh_postgres(env, name, version)
    again = created(env, written(env, "described.sql", env.ok("describe", url)))
    for database in (url, again):
        done = env.schemac("diff", "--exit-code", source(name, version), database)
        env.check(done.code == 0, done.story())


@params(*LITE_PAIRS)
def test_road_on_sqlite(env, name, start, end):
    path = env.dir / "app.db"
    migrate(env, name, start, path)
    fill_sqlite(env, path, content(env, name, start, True))
    ask = sqlite_asker(path)
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
    before = postgres_snapshot(env, name, start, end, url)
    psql(env, url, env.ok(*script(name, start, end)))
    rows_kept(env, before, postgres_snapshot(env, name, start, end, url), "there")
    env.same_schema(url, fresh_postgres(env, name, end), column_order=False)
    psql(env, url, env.ok(*script(name, end, start)))
    rows_kept(env, before, postgres_snapshot(env, name, start, end, url), "and back")
    env.same_schema(url, fresh_postgres(env, name, start), column_order=False)


# What an old name is called later, so that nothing is lost.
RENAMED = {"dealer": {("users", "role_id")},
           "bookings": {("communication_scheduling", "recipient_count")}}


def facts_of(env, name, version):
    """{table: its columns} of a fresh database, without what is computed."""
    path = fresh_sqlite(env, name, version)
    tables = env.query(path, "SELECT name FROM sqlite_schema"
                       " WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                       " AND name <> 'schemac_comments'")
    return {table: {c[1] for c in env.query(path, f"PRAGMA table_xinfo({table})")
                    if c[6] == 0} for (table,) in tables}


@params(*[(dialect, *step) for dialect in ("postgres", "sqlite") for step in STEPS])
def test_down_says_what_it_takes(env, dialect, name, older, newer):
    """The tables and columns that the older version does not have; nothing else."""
    old, new = facts_of(env, name, older), facts_of(env, name, newer)
    lost = {f"table {table}" for table in set(new) - set(old)}
    for table in set(old) & set(new):
        lost |= {f"column {table}.{column}" for column in new[table] - old[table]
                 if (table, column) not in RENAMED.get(name, ())}
    report = env.ok("plan", "-q", "--dialect", dialect, "--down", source(name, older),
                    source(name, newer))
    head = report.split("\n\n")[0].splitlines()
    said = set()
    for line in head[2:]:
        what, names = line.split(maxsplit=1)
        said |= {f"{what.removesuffix('s')} {one}" for one in names.split(", ")}
    env.equal(said, lost, "what is lost")
    env.equal("DATA IS LOST" in head[1], bool(lost), "the warning")


# ---- what each plan wants ----

def test_parking_cleans_up(env):
    """The statements of its plan, word by word."""
    path = env.dir / "app.db"
    migrate(env, "parking", "1.3.0", path)
    env.sqlite_script(path, """
        INSERT INTO audit_logs (action, entity, entity_id, timestamp) VALUES
            ('enter', 'vehicle', '1', datetime('now', '-91 days')),
            ('enter', 'vehicle', '2', datetime('now', '-89 days'));
        INSERT INTO vehicles (number_plate, contact_name, phone_number, entry_timestamp)
        VALUES ('old', 'A', '1', datetime('now', '-25 hours')),
            ('new', 'B', '2', datetime('now', '-23 hours'));
        INSERT INTO audit_logs_archive
        SELECT * FROM audit_logs
        WHERE timestamp < datetime('now', '-90 days');
        DELETE FROM vehicles
        WHERE entry_timestamp < datetime('now', '-' || (
            SELECT retention_hours FROM system_config LIMIT 1
        ) || ' hours');""")
    env.equal(env.query(path, "SELECT id, entity_id FROM audit_logs_archive"), [(1, "1")],
              "archive")
    env.equal(env.query(path, "SELECT number_plate FROM vehicles"), [("new",)], "cars")


def filled_sqlite(env, name, version):
    path = env.dir / "app.db"
    migrate(env, name, version, path)
    fill_sqlite(env, path, content(env, name, version, True))
    return path


def on_both(env, name, start, end, *more):
    """Ways to ask two databases with rows that came from `start` to `end`."""
    path = filled_sqlite(env, name, start)
    if more:
        env.sqlite_script(path, more[0])
    migrate(env, name, end, path, "--allow", "data-loss")
    url = fresh_postgres(env, name, start)
    fill_postgres(env, url, content(env, name, start, False) + "".join(more))
    psql(env, url, env.ok(*script(name, start, end)))
    yield lambda sql: [tuple(map(str, row)) for row in env.query(path, sql)]
    yield lambda sql: [tuple(line.split("|"))
                       for line in psql(env, url, sql).splitlines()]


def test_dealer_bays(env):
    for ask in on_both(env, "dealer", "1.1.0", "1.2.0"):
        env.equal(ask("SELECT name, location, capacity, status FROM service_bays"
                      " ORDER BY id"),
                  [("Bay 1", "Area A", "1", "ACTIVE"), ("Bay 2", "Area A", "1", "ACTIVE"),
                   ("Bay 3", "Area B", "2", "ACTIVE"), ("Bay 4", "Area B", "1", "ACTIVE"),
                   ("Bay 5", "Workshop", "1", "MAINTENANCE")], "bays")
        env.equal(ask("SELECT DISTINCT status, coalesce(bay_number, '-')"
                      " FROM repair_orders ORDER BY 1"),
                  [("CANCELLED", "-"), ("COMPLETED", "-"), ("INVOICED", "-"),
                   ("IN_PROGRESS", "Bay 1"), ("WAITING_PARTS", "-")], "repair orders")


def test_dealer_roles(env):
    for ask in on_both(env, "dealer", "1.0.0", "1.1.0"):
        env.equal(ask("SELECT u.id, r.code FROM users u JOIN roles r ON r.id = u.role_id"
                      " ORDER BY 1"),
                  [("1", "MANAGER"), ("2", "SALES"), ("3", "SERVICE"), ("4", "PARTS"),
                   ("5", "FINANCE")], "roles")


def test_dealer_history_stays(env):
    path = filled_sqlite(env, "dealer", "1.2.0")
    url = fresh_postgres(env, "dealer", "1.2.0")
    fill_postgres(env, url, content(env, "dealer", "1.2.0", False))
    for sql in ("DELETE FROM bay_status_logs WHERE id = 1",
                "UPDATE bay_status_logs SET status = 'ACTIVE' WHERE id = 1",
                "DELETE FROM bay_assignments WHERE id = 1"):
        psql_refused(env, url, sql, "never changed or deleted")
        sqlite_refused(env, path, f"PRAGMA foreign_keys = ON; {sql};")


def test_dealer_says_what_columns_mean(env):
    """COMMENT in CREATE and in ALTER, which the server itself would refuse."""
    url = fresh_postgres(env, "dealer", "1.1.0")
    psql(env, url, env.ok(*script("dealer", "1.1.0", "1.2.0")))
    env.equal(psql(env, url, """
        SELECT c.table_name, column_name, d.description
        FROM information_schema.columns c JOIN pg_description d
            ON d.objoid = c.table_name::regclass AND d.objsubid = c.ordinal_position
        WHERE c.table_name IN ('service_bays', 'repair_orders')
        ORDER BY 1, c.ordinal_position"""),
              "repair_orders|bay_number|Assigned bay number\n"
              "repair_orders|bay_id|Foreign key to service_bays\n"
              "service_bays|name|Bay 1, Bay 2, Bay 3\n"
              "service_bays|location|Area A, Area B, Workshop\n"
              "service_bays|capacity|Maximum vehicles per bay\n"
              "service_bays|equipment|Array of equipment\n", "comments")


def test_dealer_equipment(env):
    """One JSONB column, asked in the words of each engine."""
    path = env.dir / "app.db"
    migrate(env, "dealer", "1.2.0", path)
    env.equal(env.query(path, "SELECT json_array_length(equipment), equipment ->> '$[0]'"
                        " FROM service_bays ORDER BY id"),
              [(4, "Lift"), (4, "Lift"), (3, "Heavy Duty Lift"), (3, "Paint Booth"),
               (3, "Engine Stand")], "equipment on SQLite")
    sqlite_refused(env, path, "UPDATE service_bays SET equipment = 'a lift'")
    url = fresh_postgres(env, "dealer", "1.2.0")
    env.equal(psql(env, url, "SELECT jsonb_array_length(equipment), equipment ->> 0"
                   " FROM service_bays WHERE equipment ? 'Lift' ORDER BY id"),
              "4|Lift\n4|Lift\n", "equipment on PostgreSQL")


def test_dealer_counts(env):
    """The figures of its plan, by the server's own count."""
    url = fresh_postgres(env, "dealer", "1.2.0")
    keys, uniques, indexes = map(int, psql(env, url, """
        SELECT count(*) FILTER (WHERE contype = 'f'),
               count(*) FILTER (WHERE contype = 'u'),
               (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""").split("|"))
    env.check(keys >= 60 and uniques >= 27 and indexes >= 80,
              f"{keys} foreign keys, {uniques} UNIQUE, {indexes} indexes")
    env.equal(psql(env, url, """
        SELECT table_name FROM information_schema.columns c
        WHERE table_schema = 'public' AND column_name = 'status' AND NOT EXISTS (
            SELECT 1 FROM pg_constraint k
            WHERE k.conrelid = c.table_name::regclass AND contype = 'c'
                AND c.ordinal_position = ANY (conkey))"""), "", "status without a CHECK")
    env.ok("gen", "--out", env.dir / "c", SCHEMAS / "dealer")
    header = (env.dir / "c/dealer_bay_status_logs.h").read_text()
    env.check("enum dealer_bay_status_logs_status {" in header, "no enum in C")
    return f"dealer: {keys} foreign keys, {uniques} UNIQUE, {indexes} indexes"


def test_variants_defaults(env):
    """Each artist project has one, and one that calls its default otherwise keeps it."""
    trio = """INSERT INTO projects (name, project_type_id)
              SELECT 'trio', id FROM project_types WHERE code = 'artist';
              INSERT INTO projects (name, project_type_id)
              SELECT 'solo', id FROM project_types WHERE code = 'artist';
              INSERT INTO project_variants
                  (project_id, variant_name, display_name, is_default)
              SELECT id, 'trio', 'Trio', TRUE FROM projects WHERE name = 'trio';"""
    for ask in on_both(env, "variants", "1.2.0", "1.3.0", trio):
        env.equal(ask("SELECT p.name, v.variant_name FROM projects p"
                      " JOIN project_variants v ON v.project_id = p.id"
                      " WHERE p.name IN ('solo', 'trio') AND v.is_default"
                      " ORDER BY p.name"),
                  [("solo", "default"), ("trio", "trio")], "default variants")


def test_variants_rules(env):
    path = filled_sqlite(env, "variants", "1.4.0")
    url = fresh_postgres(env, "variants", "1.4.0")
    fill_postgres(env, url, content(env, "variants", "1.4.0", False))
    for values in ("'trio', 'again', TRUE", "'Not an identifier', 'x', FALSE",
                   "'trio_1', 'x', FALSE"):
        sql = ("INSERT INTO project_variants"
               " (project_id, variant_name, display_name, is_default)"
               f" SELECT project_id, {values} FROM project_variants"
               " WHERE variant_name = 'trio_1'")
        psql_refused(env, url, sql, "violates")
        sqlite_refused(env, path, sql)
    env.equal(psql(env, url, """
        CREATE ROLE stranger;
        GRANT SELECT ON projects, project_variants TO stranger;
        SET ROLE stranger;
        SELECT count(*) FROM project_variants;
        SELECT set_config('app.user_id', owner_id::text, false) = '' FROM projects
        WHERE owner_id IS NOT NULL LIMIT 1;
        SELECT count(*) FROM project_variants;
        RESET ROLE; DROP OWNED BY stranger; DROP ROLE stranger"""), "0\nf\n1\n", "owner")


def test_variants_never_unguarded(env):
    """One unique index replaces another; a writer in between waits for the second."""
    url = fresh_postgres(env, "variants", "1.0.0")
    fill_postgres(env, url, content(env, "variants", "1.0.0", False))
    sql = env.ok(*script("variants", "1.0.0", "1.1.0"))
    env.equal(sql.count("COMMIT;"), 1, "transactions")
    drop = "DROP INDEX idx_project_equipment_groups_project;\n"
    twice = ("SET lock_timeout = '300ms'; INSERT INTO project_equipment_groups"
             " (project_id, name) SELECT project_id, name FROM project_equipment_groups")
    other = f"\\! {find_program('psql')} -X -q -d '{url}' -c \"{twice}\" 2>&1\n"
    env.check(drop in sql, sql)
    done = try_psql(env, url, sql.replace(drop, drop + other))
    env.check(done.code == 0 and "lock timeout" in done.out, done.story())
    psql_refused(env, url, twice, "idx_project_equipment_groups_project_variant")


def test_variants_are_validated(env):
    """A role without a variant stops 1.4.0, which then has changed nothing."""
    bad = "UPDATE project_roles SET variant_name = '';"
    path = filled_sqlite(env, "variants", "1.3.0")
    env.sqlite_script(path, bad)
    env.refused(4, "each project role has a variant", "migrate", "up",
                SCHEMAS / "variants", "--database", path)
    env.same_schema(path, fresh_sqlite(env, "variants", "1.3.0"))
    url = fresh_postgres(env, "variants", "1.3.0")
    fill_postgres(env, url, content(env, "variants", "1.3.0", False) + bad)
    psql_refused(env, url, env.ok(*script("variants", "1.3.0", "1.4.0")),
                 "each project role has a variant")
    env.same_schema(url, fresh_postgres(env, "variants", "1.3.0"))


def test_variants_keep_their_groups_on_the_way_back(env):
    two = """INSERT INTO project_equipment_groups (project_id, name, variant_name)
             SELECT id, 'Lights', 'default' FROM projects;
             INSERT INTO project_equipment_groups (project_id, name, variant_name)
             SELECT id, 'Lights', 'band' FROM projects;"""
    for ask in on_both(env, "variants", "1.1.0", "1.0.0", two):
        env.equal(ask("SELECT name, count(*) FROM project_equipment_groups"
                      " WHERE name LIKE 'Lights%' GROUP BY name ORDER BY name"),
                  [("Lights", "5"), ("Lights (band)", "5")], "groups")


def test_bakery_takes_what_was_typed(env):
    for ask in on_both(env, "bakery", "1.0.0", "2.0.0"):
        env.equal(ask("""
            SELECT r.id, batch_number, planned_quantity, coalesce(actual_quantity, -1),
                   status, quality_status, c.name, c.version, coalesce(notes, '-')
            FROM production_runs r JOIN recipes c ON c.id = r.recipe_id
            ORDER BY r.id"""), [
            ("1", "MIGRATED-1", "120", "120", "IN_PROGRESS", "PASSED", "Rye", "1", "-"),
            ("2", "MIGRATED-2", "0", "0", "COMPLETED", "PASSED", "Rye", "2",
             "quantity as it was recorded: about 80"),
            ("3", "MIGRATED-3", "0", "-1", "COMPLETED", "PASSED", "Unknown Recipe", "1",
             "-"),
            ("4", "MIGRATED-4", "0", "0", "PLANNED", "PASSED", "Unknown Recipe", "1",
             "quantity as it was recorded: "),
            ("5", "MIGRATED-5", "7", "7", "CANCELLED", "PASSED", "Roll", "1", "-"),
        ], "runs")
        env.equal(ask("SELECT pallet_number, status FROM pallets ORDER BY id"),
                  [("PAL-1-MIGRATED", "SHIPPED"), ("PAL-2-MIGRATED", "CLOSED")],
                  "pallets")
        env.equal(ask("SELECT name, type, unit_of_measure FROM ingredients ORDER BY 1"),
                  [("flour", "OTHER", "units"), ("salt", "OTHER", "units")],
                  "ingredients")


# Each value of the two enums, and the word that the basic bakery has for it.
STATES = {
    "production_runs": {"PLANNED": "planned", "IN_PROGRESS": "in progress",
                        "COMPLETED": "completed", "ON_HOLD": "on hold",
                        "CANCELLED": "cancelled"},
    "pallets": {"OPEN": "open", "CLOSED": "closed", "SHIPPED": "shipped",
                "RECALLED": "recalled"},
}


def test_bakery_states_come_back(env):
    """2.0.0 to 1.0.0 and up again: each state is a word that people type, and itself."""
    path = filled_sqlite(env, "bakery", "2.0.0")
    url = fresh_postgres(env, "bakery", "2.0.0")
    fill_postgres(env, url, content(env, "bakery", "2.0.0", False))
    states = "".join(
        f"UPDATE {table} SET status = {quoted(state)} WHERE id % {len(words)} = {n};"
        for table, words in STATES.items() for n, state in enumerate(words))
    env.sqlite_script(path, states)
    psql(env, url, states)

    def read(table):
        sql = f"SELECT DISTINCT status FROM {table} ORDER BY 1"
        yield [row[0] for row in env.query(path, sql)]
        yield psql(env, url, f"SELECT DISTINCT status::text COLLATE \"C\" FROM {table}"
                             " ORDER BY 1").split("\n")[:-1]
    for start, end, said in (("2.0.0", "1.0.0", dict.values),
                             ("1.0.0", "2.0.0", dict.keys)):
        migrate(env, "bakery", end, path, "--allow", "data-loss")
        psql(env, url, env.ok(*script("bakery", start, end)))
        for table, words in STATES.items():
            for found in read(table):
                env.equal(found, sorted(said(words)), f"{table} at {end}")


def test_bakery_stops_at_orphans(env):
    """Behind the data step, because that could have put them right."""
    path = filled_sqlite(env, "bakery", "1.0.0")
    env.sqlite_script(path, ORPHAN)
    env.refused(4, "pallets holds a row without its parent in production_runs",
                "migrate", "up", SCHEMAS / "bakery", "--database", path)
    env.equal(env.query(path, "SELECT count(*) FROM pallets"), [(3,)], "pallets")
    env.check("1.0.0" in env.schemac("migrate", "status", SCHEMAS / "bakery",
                                     "--database", path).out, "the version has changed")
    url = fresh_postgres(env, "bakery", "1.0.0")
    fill_postgres(env, url, TYPED + ORPHAN)
    psql_refused(env, url, env.ok(*script("bakery", "1.0.0", "2.0.0")),
                 "pallets_production_run")
    env.same_schema(url, fresh_postgres(env, "bakery", "1.0.0"))


# Keys without a data step that could put rows right: they are looked at before.
KEYS = """-- @schema bakery
-- @extends 1.0.0
ALTER TABLE old_ingredient_table ADD CONSTRAINT one_name UNIQUE (name);
ALTER TABLE pallets ADD CONSTRAINT pallets_run
    FOREIGN KEY (production_run_id) REFERENCES production_runs (id);
"""


def test_bakery_lists_what_is_in_the_way(env):
    folder = env.dir / "bakery"
    folder.mkdir()
    (folder / "1.0.0.sql").write_text((SCHEMAS / "bakery/1.0.0.sql").read_text())
    (folder / "1.1.0.sql").write_text(KEYS)
    path = filled_sqlite(env, "bakery", "1.0.0")
    env.sqlite_script(path, ORPHAN)
    done = env.refused(3, "the rows do not allow it", "migrate", "up", folder,
                       "--database", path)
    for words in ("(production_run_id 77)", "(name flour, count(*) 2)"):
        env.check(words in done.err, done.story())
    url = fresh_postgres(env, "bakery", "1.0.0")
    fill_postgres(env, url, TYPED + ORPHAN)
    sql = env.ok("diff", "--dialect", "postgres", f"{folder}@1.0.0", f"{folder}@1.1.0")
    for words, mend in (
            ("old_ingredient_table has rows that are alike", """
                DELETE FROM old_ingredient_table WHERE id = 1"""),
            ("pallets has rows that refer to nothing", """
                DELETE FROM pallets WHERE production_run_id = 77""")):
        psql_refused(env, url, sql, words)
        psql(env, url, mend)
    psql(env, url, sql)


def test_bakery_daily_commands(env):
    """Validate, lay out, make and try a migration, deploy, compare, pull from the
    database, make the client, roll back to a version by its name."""
    schema = SCHEMAS / "bakery"
    path, trial = env.dir / "app.db", env.dir / "trial.db"
    env.ok("check", schema)
    env.ok("fmt", "--check", *schema.glob("*.sql"))
    migrate(env, "bakery", "1.0.0", path)
    fill_sqlite(env, path, TYPED)
    trial.write_bytes(path.read_bytes())
    env.check("DATA IS LOST" not in env.ok("plan", "--dialect", "sqlite",
                                           f"{schema}@1.0.0", schema), "a loss")
    for database in (trial, path):
        done = env.schemac("migrate", "up", schema, "--database", database)
        env.check(done.code == 0, done.story())
    env.equal(env.schemac("diff", "--exit-code", schema, path).code, 0, "compare")
    pulled = written(env, "pulled.sql", env.ok("describe", path))
    env.equal(env.schemac("diff", "--exit-code", pulled, path).code, 0, "pull")
    env.ok("gen", "--out", env.dir / "client", schema)
    env.check((env.dir / "client/bakery.h").is_file(), "no client")
    migrate(env, "bakery", "1.0.0", path, "--allow", "data-loss")
    env.same_schema(path, fresh_sqlite(env, "bakery", "1.0.0"), column_order=False)
