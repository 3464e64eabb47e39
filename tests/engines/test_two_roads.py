"""Two roads to each version of schemas/parking: created fresh, and migrated from every
other version with rows in every table.  Both ends must be equal to an outside reader,
every row must have arrived, and schemac itself must see no difference.
"""

import sqlite3

from pathlib import Path

from runner.engines import params

SCHEMA = Path(__file__).resolve().parents[2] / "schemas/parking"
VERSIONS = sorted((p.stem for p in SCHEMA.glob("*.sql") if p.stem[0].isdigit()),
                  key=lambda v: [int(part) for part in v.split(".")])
PAIRS = [(a, b) for a in VERSIONS for b in VERSIONS if a != b]
TEXTS = ("plain", "it's", 'say "no"', "Zoë 🚗", "", " ", "line\nbreak", "%d;--", "NULL")


def migrate_to(env, version, database, *more):
    return env.schemac("migrate", "to", version, SCHEMA, "--database", database, *more)


def database_at(env, version, name="app.db"):
    path = env.dir / name
    done = migrate_to(env, version, path)
    env.check(done.code == 0, done.story())
    return path


def created_by_ddl(env, version):
    """The other road: what `ddl` prints, run by SQLite itself."""
    sql = env.ok("ddl", "--dialect", "sqlite", f"{SCHEMA}@{version}")
    return env.sqlite(f"fresh-{version}.db", sql)


# ---- rows ----

def moment(n):
    return f"2024-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:{n % 60:02}:07" + (
        "" if n % 3 else ".25")


def vehicle(n):
    return {
        "id": 3 * n, "number_plate": f"KA-{n:02}-{TEXTS[n % len(TEXTS)]}",
        "contact_name": TEXTS[n % len(TEXTS)], "phone_number": f"555-{n:04}",
        "entry_timestamp": moment(n), "created_at": moment(n + 1),
        "updated_at": moment(n + 2), "vehicle_type": ("car", "truck", None)[n % 3],
        "parking_spot": f"A{n}" if n % 2 else None,
        "payment_status": ("paid", None)[n % 2],
    }


def audit_log(n):
    return {"id": n, "action": "enter", "entity": "vehicle", "entity_id": str(3 * n),
            "timestamp": moment(n), "details": TEXTS[n % len(TEXTS)] if n % 4 else None}


def parking_spot(n):
    return {"id": n, "spot_number": f"A{n}", "vehicle_type": (None, "car")[n % 2],
            "is_occupied": (0, 1, None)[n % 3], "created_at": moment(n),
            "updated_at": moment(n + 5)}


def payment(n):
    # Cents: on SQLite a DECIMAL(10,2) is an integer, and 12.30 is 1230.
    return {"id": 2 * n, "vehicle_id": 3 * (n % 40 + 1),
            "amount": (1230, 1, 0, 9999999999, -5)[n % 5], "payment_status": "paid",
            "payment_method": ("cash", None)[n % 2],
            "transaction_id": f"t{n}" if n % 3 else None, "created_at": moment(n)}


def parking_rate(n):
    return {"id": n, "vehicle_type": TEXTS[n % len(TEXTS)], "rate_per_hour": 250 + n,
            "minimum_hours": (1, None, 2147483647)[n % 3], "created_at": moment(n),
            "updated_at": moment(n)}


def config(n):
    return {"id": n + 1, "retention_hours": n * 1000, "updated_at": moment(n)}


ROWS = {
    "vehicles": (vehicle, 60), "audit_logs": (audit_log, 120),
    "system_config": (config, 3),
    "parking_spots": (parking_spot, 30), "payments": (payment, 80),
    "parking_rates": (parking_rate, 9),
}


def columns_of(connection, table):
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def fill(path):
    """Rows in every table that the version has, and a gap at the end of each counter."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for table, (make, count) in ROWS.items():
        columns = columns_of(connection, table)
        if not columns:
            continue
        holes = ", ".join("?" * len(columns))
        for n in range(1, count + 1):
            row = make(n)
            connection.execute(f"INSERT INTO {table} VALUES ({holes})",
                               [row[c] for c in columns])
        if table != "vehicles":
            connection.execute(
                f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    connection.close()


def snapshot(path):
    """{table: (columns, {id: values})}, and the AUTOINCREMENT counters."""
    connection = sqlite3.connect(path, isolation_level=None)
    tables = {}
    for (table,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'schemac_%'").fetchall():
        columns = columns_of(connection, table)
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        tables[table] = (columns, {row[columns.index("id")]: row for row in rows})
    counters = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    connection.close()
    counters.pop("schemac_history", None)
    return tables, counters


# ---- verdicts ----

def same_to_outside_reader(env, path, version):
    fresh = env.dir / f"fresh-{version}.db"
    if not fresh.exists():
        created_by_ddl(env, version)
    env.same_schema(path, fresh)


def same_to_schemac(env, path, version):
    done = env.schemac("diff", "--exit-code", f"{SCHEMA}@{version}", path)
    env.check(done.code == 0, "diff sees a difference\n" + done.story())
    done = env.schemac("migrate", "verify", SCHEMA, "--database", path)
    env.check(done.code == 0, "verify sees a difference\n" + done.story())


def sound(env, path):
    env.equal(env.query(path, "PRAGMA integrity_check"), [("ok",)], "integrity")
    env.equal(env.query(path, "PRAGMA foreign_key_check"), [], "orphans")


def rows_kept(env, before, after, what):
    """Each row of a table that is on both sides, by value, in the columns of both."""
    (old, old_counters), (new, new_counters) = before, after
    for table in sorted(set(old) & set(new)):
        old_columns, old_rows = old[table]
        new_columns, new_rows = new[table]
        common = [c for c in old_columns if c in new_columns]
        env.equal(pick(new_rows, new_columns, common),
                  pick(old_rows, old_columns, common), f"{what}: rows of {table}")
        env.equal(new_counters.get(table), old_counters.get(table),
                  f"{what}: AUTOINCREMENT counter of {table}")


def pick(rows, columns, wanted):
    at = [columns.index(c) for c in wanted]
    return {key: [row[i] for i in at] for key, row in rows.items()}


# ---- tests ----


@params(*VERSIONS)
def test_fresh(env, version):
    path = database_at(env, version)
    same_to_schemac(env, path, version)
    sound(env, path)
    env.equal(env.query(path, "SELECT id, retention_hours FROM system_config"), [(1, 24)],
              "initial rows")
    same_to_outside_reader(env, path, version)


@params(*VERSIONS)
def test_created_by_ddl(env, version):
    """What `ddl` prints is what `migrate` makes, rows included."""
    path = created_by_ddl(env, version)
    done = env.schemac("diff", "--exit-code", f"{SCHEMA}@{version}", path)
    env.check(done.code == 0, done.story())
    migrated = database_at(env, version)
    env.equal([t for t in snapshot(path)[0].items() if t[0] != "system_config"],
              [t for t in snapshot(migrated)[0].items() if t[0] != "system_config"],
              "tables")
    env.equal(env.query(path, "SELECT retention_hours FROM system_config"), [(24,)],
              "initial rows")


@params(*PAIRS)
def test_road(env, start, end):
    path = database_at(env, start)
    fill(path)
    before = snapshot(path)
    done = migrate_to(env, end, path, "--allow", "data-loss")
    env.check(done.code == 0, done.story())
    rows_kept(env, before, snapshot(path), f"{start} to {end}")
    sound(env, path)
    same_to_schemac(env, path, end)
    same_to_outside_reader(env, path, end)


@params(*PAIRS)
def test_there_and_back(env, start, end):
    path = database_at(env, start)
    fill(path)
    before = snapshot(path)
    for version in (end, start):
        done = migrate_to(env, version, path, "--allow", "data-loss")
        env.check(done.code == 0, done.story())
    after = snapshot(path)
    through, _ = snapshot(database_at(env, end, "end.db"))
    # What the other version does not have cannot come back.
    kept = {table: (columns, rows) for table, (columns, rows) in before[0].items()
            if table in through}
    lossless = all(column in through[table][0]
                   for table, (columns, _) in kept.items() for column in columns)
    if lossless and len(kept) == len(before[0]):
        env.equal(after, before, "there and back")
    same_to_schemac(env, path, start)
    same_to_outside_reader(env, path, start)
    for table, (columns, rows) in kept.items():
        common = [c for c in columns if c in through[table][0]]
        env.equal(pick(after[0][table][1], after[0][table][0], common),
                  pick(rows, columns, common), f"rows of {table}")


@params(*[(a, b) for a, b in PAIRS if VERSIONS.index(b) < VERSIONS.index(a)])
def test_down_is_refused_with_rows_at_stake(env, start, end):
    path = database_at(env, start)
    fill(path)
    before = path.read_bytes()
    done = migrate_to(env, end, path)
    env.equal(done.code, 3, done.story())
    env.check("data-loss" in done.err, done.story())
    env.check(path.read_bytes() == before, "the database was changed")


def test_history(env):
    path = database_at(env, VERSIONS[0])
    for version in VERSIONS[1:]:
        migrate_to(env, version, path)
    done = env.schemac("migrate", "status", SCHEMA, "--database", path)
    env.check(done.code == 0 and VERSIONS[-1] in done.out, done.story())
    again = path.read_bytes()
    done = env.schemac("migrate", "up", SCHEMA, "--database", path)
    env.check(done.code == 0, done.story())
    env.check(path.read_bytes() == again, "nothing to do, yet the database was changed")


def test_printed_scripts_do_the_same(env):
    """`diff` piped into SQLite's own shell goes the same way as the runner."""
    path = created_by_ddl(env, VERSIONS[0])
    fill(path)
    before = snapshot(path)
    for version, other in zip(VERSIONS[1:], VERSIONS):
        run_script(env, path, env.ok("diff", "--dialect", "sqlite", f"{SCHEMA}@{other}",
                                     f"{SCHEMA}@{version}"))
        same_to_outside_reader(env, path, version)
    rows_kept(env, before, snapshot(path), "up by script")
    for version, other in zip(VERSIONS[-2::-1], VERSIONS[:0:-1]):
        run_script(env, path, env.ok("diff", "--dialect", "sqlite", "--down",
                                     f"{SCHEMA}@{version}", f"{SCHEMA}@{other}"))
        same_to_outside_reader(env, path, version)
    rows_kept(env, before, snapshot(path), "down by script")
    env.equal(snapshot(path)[0], before[0], "up and down by script")


def run_script(env, path, sql):
    done = env.run("sqlite3", "-bail", path, stdin=sql)
    env.check(done.code == 0 and done.err == "", sql + "\n" + done.story())
