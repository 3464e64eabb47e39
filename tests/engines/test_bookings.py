"""schemas/bookings, nineteen versions of it: each created fresh, and one database led
through all of them and back with rows in every table, on PostgreSQL by the scripts that
`diff` prints and on SQLite by `migrate`.  Each stop is the same to an outside reader as
the fresh version, and on the way back each version has the rows that it had on the way
there.
"""

import hashlib
import json
import re
import sqlite3

from pathlib import Path

from runner.databases import created, psql, written
from runner.engines import params

SCHEMA = Path(__file__).resolve().parents[2] / "schemas/bookings"
VERSIONS = sorted((p.stem for p in SCHEMA.glob("*.sql")),
                  key=lambda v: [int(part) for part in v.split(".")])
PAIRS = list(zip(VERSIONS, VERSIONS[1:]))
ROWS = 3  # of each table; the last has NULL wherever that may be
SPECIAL = {  # what no type tells: one of two, or what a data step has made already
    ("admin_rate_limits", "admin_user_id"): lambda n: None,
    ("admin_rate_limits", "api_key_id"): lambda n: key("admin_api_keys", n),
    ("ai_cost_tracking", "voice_call_id"): lambda n: None,
    ("communication_scheduling", "customer_id"): lambda n: key("customers", n),
}


def at(version):
    return f"{SCHEMA}@{version}"


# ---- rows, as values of SQLite ----

def key(table, n):
    digits = hashlib.md5(f"{table} {n}".encode()).hexdigest()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class Column:
    def __init__(self, row, parent, which, values):
        _, self.name, self.type, not_null, _, in_key, hidden = row
        self.nullable = not not_null and not in_key
        self.in_key, self.generated = in_key, hidden in (2, 3)
        self.parent, self.which = parent, which  # the foreign keys to it, counted
        self.values = values                     # of its CHECK
        self.number = row[0]

    def value(self, table, n):
        if (table, self.name) in SPECIAL:
            return SPECIAL[table, self.name](n)
        if self.nullable and n == ROWS - 1:
            return None
        if self.parent:
            return key(self.parent, (n + self.which) % ROWS)
        if self.values:
            return self.values[n % len(self.values)]
        return plain_value(table, self, n)


def plain_value(table, column, n):
    kind, _, size = column.type.rstrip(")").partition("(")
    if kind in ("TEXT", "VARCHAR"):
        return f"{n} {table}.{column.name} it's"[:int(size or 999)]
    if kind == "UUID":
        return key(table if column.in_key else column.name, n)
    return {
        "BOOLEAN": n % 2, "SMALLINT": n + 1, "INTEGER": n + 1, "BIGINT": n + 1,
        "DECIMAL_INT": 730 + n, "DATE": f"2024-02-{1 + column.number:02}",
        "TIME": "18:30:00", "JSON_TEXT": f'{{"n": {n}}}', "ARRAY_TEXT": f"[{n}]",
        "TIMESTAMPTZ": f"2024-02-{1 + column.number:02} 12:00:0{n}",
    }[kind]


def tables_of(path):
    """{table: its columns}, by SQLite's own account."""
    connection = sqlite3.connect(path)
    tables = {}
    for table, sql in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'schemac_%'").fetchall():
        lists = {name: re.findall(r"'(\w+)'", values) for name, values
                 in re.findall(r"CHECK \((\w+) IN \(('[^)]*')\)\)", sql)}
        parents = {row[3]: row[2] for row in sorted(connection.execute(
            f"PRAGMA foreign_key_list({table})"), key=lambda row: row[3])}
        tables[table] = []
        for row in connection.execute(f"PRAGMA table_xinfo({table})"):
            parent = parents.get(row[1])
            which = [c for c in parents if parents[c] == parent].index(row[1]) \
                if parent else 0
            tables[table].append(Column(row, parent, which, lists.get(row[1])))
    connection.close()
    return tables


class Filler:
    """Rows for what is new in a version: tables, and columns of rows that were there."""

    def __init__(self):
        self.filled = {}  # {table: names of columns}

    def statements(self, tables, literal):
        for table, columns in tables.items():
            settable = [c for c in columns if not c.generated]
            before = self.filled.get(table)
            self.filled[table] = {c.name for c in columns}
            for n in range(ROWS):
                values = {c.name: literal(c, c.value(table, n)) for c in settable}
                if before is None:
                    yield (f"INSERT INTO {table} ({', '.join(values)})"
                           f" VALUES ({', '.join(values.values())});\n")
                    continue
                where = " AND ".join(f"{c.name} = {values[c.name]}"
                                     for c in columns if c.in_key)
                for c in settable:
                    if c.name not in before and c.nullable:
                        yield (f"UPDATE {table} SET {c.name} = {values[c.name]}"
                               f" WHERE {where} AND {c.name} IS NULL;\n")


def quoted(value):
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def lite_literal(column, value):
    return str(value) if isinstance(value, int) else quoted(value)


def postgres_literal(column, value):
    if value is not None and column.type.startswith("DECIMAL_INT"):
        return f"{value}e-{column.type.rstrip(')').split(',')[1]}"
    if value is not None and column.type == "BOOLEAN":
        return "true" if value else "false"
    if value is not None and column.type == "ARRAY_TEXT":
        return quoted(value.replace("[", "{").replace("]", "}"))
    return quoted(value)


# ---- databases ----

class Postgres:
    def __init__(self, env, version):
        self.env, self.url, self.fresh = env, created(env, at(version)), {}

    def run(self, sql):
        return psql(self.env, self.url, sql)

    def fill(self, tables, filler):
        # Tables refer to each other in circles: rows come before their parents.
        self.run("SET session_replication_role = replica;\n"
                 + "".join(filler.statements(tables, postgres_literal)))

    def go(self, old, new, *way):
        self.run(self.env.ok("diff", "-q", "--dialect", "postgres", "--allow", "all",
                             *way, at(old), at(new)))

    def rows(self, tables):
        """{table: the rows in the order of their keys}, without what @touch sets."""
        sql = " UNION ALL ".join(
            f"SELECT '{t}' AS t, coalesce(json_agg(to_jsonb(x) - 'updated_at'"
            f" ORDER BY {keys(columns)}), '[]') AS r FROM {t} x"
            for t, columns in tables.items())
        return json.loads(self.run(f"SELECT json_object_agg(t, r) FROM ({sql}) q"),
                          parse_float=str)

    def ask(self, sql):
        words = [line.split("|") for line in self.run(sql).splitlines()]
        return [" ".join({"t": "1", "f": "0"}.get(w, w) for w in line) for line in words]

    def same_as_fresh(self, version):
        if version not in self.fresh:
            self.fresh[version] = Postgres(self.env, version)
        self.env.same_schema(self.url, self.fresh[version].url, column_order=False)


class Lite:
    def __init__(self, env, version):
        self.env, self.path = env, env.dir / "app.db"
        self.migrate(version)

    def migrate(self, version):
        done = self.env.schemac("migrate", "to", version, SCHEMA, "--database", self.path,
                                "--allow", "all")
        self.env.check(done.code == 0, done.story())

    def fill(self, tables, filler):
        self.env.sqlite_script(self.path, "PRAGMA foreign_keys = OFF; BEGIN;\n"
                               + "".join(filler.statements(tables, lite_literal))
                               + "COMMIT;")

    def go(self, old, new, *way):
        self.migrate(old if way else new)

    def rows(self, tables):
        connection = sqlite3.connect(self.path)
        connection.row_factory = sqlite3.Row
        rows = {t: [{name: row[name] for name in row.keys() if name != "updated_at"}
                    for row in connection.execute(f"SELECT * FROM {t}"
                                                  f" ORDER BY {keys(columns)}")]
                for t, columns in tables.items()}
        connection.close()
        return rows

    def run(self, sql):
        self.env.sqlite_script(self.path, sql)

    def ask(self, sql):
        return [" ".join(map(str, row)) for row in self.env.query(self.path, sql)]

    def same_as_fresh(self, version):
        fresh = fresh_sqlite(self.env, version)
        self.env.same_schema(self.path, fresh, column_order=False)
        self.env.equal(self.env.query(self.path, "PRAGMA foreign_key_check"), [],
                       "orphans")


def keys(columns):
    return ", ".join(c.name for c in columns if c.in_key)


def fresh_sqlite(env, version):
    path = env.dir / f"fresh-{version}.db"
    if not path.exists():
        env.sqlite_script(path, env.ok("ddl", "--dialect", "sqlite", at(version)))
    return path


DATABASES = {"postgres": Postgres, "sqlite": Lite}


# ---- tests ----

@params(*DATABASES)
def test_all_the_way_and_back(env, dialect):
    database = DATABASES[dialect](env, VERSIONS[0])
    tables = {v: tables_of(fresh_sqlite(env, v)) for v in VERSIONS}
    filler, there = Filler(), {}
    for older, version in [(None, VERSIONS[0])] + PAIRS:
        if older is not None:
            database.go(older, version)
            database.same_as_fresh(version)
            kept(env, there[older], database.rows(tables[version]), f"to {version}")
        database.fill(tables[version], filler)
        there[version] = database.rows(tables[version])
        for table, rows in there[version].items():
            env.check(len(rows) >= ROWS, f"{version}: too few rows in {table}")
    for older, newer in reversed(PAIRS):
        database.go(older, newer, "--down")
        database.same_as_fresh(older)
        env.equal(database.rows(tables[older]), there[older], f"rows back at {older}")


def kept(env, before, after, what):
    """Each row, by value, in the columns of both."""
    for table in sorted(set(before) & set(after)):
        for old, new in zip(before[table], after[table], strict=True):
            common = sorted(set(old) & set(new))
            env.equal([new[c] for c in common], [old[c] for c in common],
                      f"{what}: {table} {common}")


# What the steps make of the rows of 1.0.0: (version, query, answer).
MADE = (
    ("1.1.0", "SELECT count(*) FROM users u JOIN admin_user_roles r"
              " ON r.admin_user_id = u.id WHERE u.role = 'owner'", ["1"]),
    ("1.1.0", "SELECT DISTINCT l.name FROM bookings b LEFT JOIN locations l"
              " ON l.id = b.location_id", ["Main kitchen"]),
    ("1.2.0", "SELECT points FROM loyalty_points ORDER BY 1", ["0", "0", "100"]),
    ("1.3.0", "SELECT entry_type, h.amount = coalesce(p.amount, d.amount)"
              " FROM payment_history h LEFT JOIN payments p ON p.id = payment_id"
              " LEFT JOIN deposits d ON d.id = deposit_id ORDER BY 1",
     ["deposit 1", "payment 1"]),
    ("1.5.0", "SELECT report_category, fee_amount = 0 AND net_amount = h.amount,"
              " d.id IS NULL FROM payment_history h"
              " LEFT JOIN deposits d ON d.payment_history_id = h.id ORDER BY 1",
     ["liability 1 0", "revenue 1 1"]),
    ("1.6.0", "SELECT channel, count(*) FROM opt_out_management GROUP BY 1 ORDER BY 1",
     ["email 2", "sms 2"]),
    ("1.9.0", "SELECT min(length(referral_code)), count(DISTINCT referral_code)"
              " FROM customers", ["20 3"]),
)


@params(*DATABASES)
def test_data_steps(env, dialect):
    database = DATABASES[dialect](env, VERSIONS[0])
    tables = tables_of(fresh_sqlite(env, VERSIONS[0]))
    database.fill(tables, Filler())
    asked = 0
    for older, version in PAIRS[:9]:
        database.go(older, version)
        for made_by, query, answer in MADE:
            if made_by == version:
                asked += 1
                env.equal(database.ask(query), answer, query)
    env.equal(asked, len(MADE), "queries")


@params(*DATABASES)
def test_bank_accounts_become_cash(env, dialect):
    database = DATABASES[dialect](env, "1.7.0")
    owner = key("customers", 0)
    database.run("INSERT INTO customers (id, email, first_name, last_name)"
                 f" VALUES ('{owner}', 'a@b.c', 'A', 'B');"
                 "INSERT INTO payment_methods (customer_id, method_type,"
                 f" plaid_account_id) VALUES ('{owner}', 'bank_account', 'p');")
    database.go("1.6.0", "1.7.0", "--down")
    env.equal(database.ask("SELECT method_type FROM payment_methods"), ["cash"], "method")


def test_typed_c(env):
    env.ok("gen", "--out", env.dir / "c", SCHEMA)
    done = env.run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                   "-I", env.dir / "c", "-I", env.root / "src/runtime",
                   *sorted((env.dir / "c").glob("*.c")))
    env.check(done.code == 0, done.story())
    # Five versions create it from nothing, and one is led to it: a step of all six.
    migrations = (env.dir / "c/bookings_migrations_postgres.c").read_text()
    env.equal(migrations.count('"CREATE TABLE ai_cache ('), 1, "statements")
    return f"bookings_migrations_postgres.c: {len(migrations) // 1024} KiB"


@params(*VERSIONS)
def test_nothing_to_be_said_against(env, version):
    for command in ("check", "lint"):
        done = env.schemac(command, at(version))
        env.check(done.code == 0, done.story())
        env.check("warning" not in done.err.replace("0 warnings", ""), done.err)


# What of `deposits` a database may have already; the plan asks the server by hand.
THERE = {
    "as in 1.0.0": "",
    "not there": "DROP TABLE deposits",
    "with metadata": "ALTER TABLE deposits ADD COLUMN metadata_json JSONB DEFAULT '{}'",
    "with a method": "ALTER TABLE deposits"
                     " ADD COLUMN stripe_payment_method_id VARCHAR(255)",
    "without more": "ALTER TABLE deposits DROP COLUMN failure_reason;"
                    "ALTER TABLE deposits DROP COLUMN cancelled_at",
}


@params(*THERE)
def test_deposits_may_be_there(env, state):
    """Whatever a database has of it: what a comparison with the live one says leads to
    the same state, and the rows stay."""
    database = Postgres(env, "1.0.0")
    tables = tables_of(fresh_sqlite(env, "1.0.0"))
    database.fill(tables, Filler())
    database.run(THERE[state])
    database.run(env.ok("diff", "-q", "--dialect", "postgres", "--offline", database.url,
                        at("1.1.0")))
    database.same_as_fresh("1.1.0")
    done = env.schemac("diff", "--exit-code", at("1.1.0"), database.url)
    env.check(done.code == 0, done.story())
    env.equal(database.run("SELECT count(*) FROM deposits"),
              "0\n" if state == "not there" else f"{ROWS}\n", "rows")
    described = written(env, "described.sql", env.ok("describe", database.url))
    done = env.schemac("diff", "--exit-code", at("1.1.0"), described)
    env.check(done.code == 0, done.story())


@params(*DATABASES)
def test_in_one_go(env, dialect):
    """From the first version to the last and back, with one command for each way."""
    database = DATABASES[dialect](env, VERSIONS[0])
    tables = tables_of(fresh_sqlite(env, VERSIONS[0]))
    database.fill(tables, Filler())
    before = database.rows(tables)
    database.go(VERSIONS[0], VERSIONS[-1])
    database.same_as_fresh(VERSIONS[-1])
    database.go(VERSIONS[0], VERSIONS[-1], "--down")
    database.same_as_fresh(VERSIONS[0])
    env.equal(database.rows(tables), before, "rows")


@params(*VERSIONS)
def test_fresh_is_the_declaration(env, version):
    """To schemac, which asks the server."""
    done = env.schemac("diff", "--exit-code", at(version), Postgres(env, version).url)
    env.check(done.code == 0, done.story())
