"""What the five systems must do, line by line: must_work.tsv names the tests that prove
each line, which are there, and leaves no words of the list out; a note says what of a
line comes later.  Behind that stand the tests that no other file is the place for.
"""

import json
import re
from pathlib import Path

from runner.databases import created, psql, try_psql
from runner.engines import params

HERE = Path(__file__).resolve().parent
TABLE = HERE / "must_work.tsv"
SCHEMAS = HERE.parents[1] / "schemas"


def source(name, version):
    return f"{SCHEMAS / name}@{version}"


def versions(name):
    return sorted((p.stem for p in (SCHEMAS / name).glob("*.sql")),
                  key=lambda v: [int(part) for part in v.split(".")])


def pairs(name):
    return list(zip(versions(name), versions(name)[1:]))


# ---- the list ----

def rows():
    lines = TABLE.read_text().splitlines()
    assert lines[0].split("\t") == ["system", "words", "tests", "note"]
    return [line.split("\t") for line in lines[1:]]


def words_of_list(text):
    """{system: its paragraph, on one line}."""
    part = text.split("## What must work, system by system")[1]
    part, document = part.split("## The plan document")
    found = {m[1]: " ".join(m[2].split()) for m in
             re.finditer(r"^\*\*(\w+)\.\*\* (.*?)(?=\n\n)", part, re.M | re.S)}
    found["document"] = " ".join(document.split("## ")[0].split())
    return found


def test_every_line_has_its_tests(env):
    wanted = words_of_list((env.shared("systems") / "README.md").read_text())
    proofs = set()
    for system, words, tests, _ in rows():
        env.check(words in wanted[system], f"{system} does not say: {words}")
        wanted[system] = wanted[system].replace(words, "", 1)
        proofs |= set(tests.split())
    left = {system: text for system, text in wanted.items() if text.strip()}
    env.equal(left, {}, "what no line answers")
    for proof in sorted(proofs):
        file, name = proof.split(".")
        text = (HERE / f"test_{file}.py").read_text()
        env.check(f"\ndef test_{name}(env" in text, f"there is no test {proof}")
    return f"{len(rows())} lines of what must work are proven by {len(proofs)} tests"


# ---- dealer ----

def test_two_columns_in_one_alter(env):
    text = (SCHEMAS / "dealer/1.2.0.sql").read_text()
    env.check(re.search(r"ALTER TABLE repair_orders\s+ADD COLUMN bay_number .*\n"
                        r"\s+ADD COLUMN bay_id ", text), "they are in two now")
    url = created(env, source("dealer", "1.2.0"))
    env.equal(psql(env, url, """
        SELECT column_name, data_type FROM information_schema.columns
        WHERE table_name = 'repair_orders' AND column_name LIKE 'bay_%' ORDER BY 1"""),
              "bay_id|bigint\nbay_number|character varying\n", "columns")


WORKSHOP = """
INSERT INTO branches (code, name) VALUES ('HQ', 'x');
INSERT INTO users (branch_id, username, full_name, password_hash, role_id)
    SELECT b.id, 'sam', 'Sam', 'x', r.id FROM branches b, roles r
    WHERE r.code = 'SERVICE';
INSERT INTO customers (branch_id, customer_number, full_name, phone)
    SELECT id, 'C-1', 'Zoe', '555' FROM branches;
INSERT INTO vehicle_models (code, name, transmission) VALUES ('M', 'M', 'MANUAL');
INSERT INTO customer_vehicles (customer_id, model_id, vin)
    SELECT c.id, m.id, 'WDB' FROM customers c, vehicle_models m;
INSERT INTO repair_orders (order_number, branch_id, customer_id, customer_vehicle_id,
                           advisor_id, mileage_km, complaint, status)
    SELECT 'RO-' || s.status, c.branch_id, c.id, v.id, u.id, 1, 'noise', s.status
    FROM (SELECT 'PENDING' AS status UNION ALL SELECT 'IN_PROGRESS'
          UNION ALL SELECT 'COMPLETED') s, customers c, customer_vehicles v, users u;
"""


def both(env, name, start, end, rows_before):
    """Ask two databases that came from `start` with rows to `end`."""
    path = env.dir / "app.db"
    for version in (start, end):
        done = env.schemac("migrate", "to", version, SCHEMAS / name, "--database", path,
                           "--allow", "data-loss")
        env.check(done.code == 0, done.story())
        if version == start:
            env.sqlite_script(path, rows_before)
    url = created(env, source(name, start))
    psql(env, url, rows_before)
    psql(env, url, env.ok("diff", "--dialect", "postgres", "--allow", "all",
                          source(name, start), source(name, end)))
    yield lambda sql: [tuple(map(str, row)) for row in env.query(path, sql)]
    yield lambda sql: [tuple(line.split("|"))
                       for line in psql(env, url, sql).splitlines()]


def test_repair_orders_before_and_after(env):
    """What is open gets the first bay; what is done gets none."""
    for ask in both(env, "dealer", "1.1.0", "1.2.0", WORKSHOP):
        env.equal(ask("SELECT order_number, coalesce(b.name, '-'),"
                      " coalesce(bay_number, '-') FROM repair_orders r"
                      " LEFT JOIN service_bays b ON b.id = r.bay_id"
                      " ORDER BY 1"),
                  [("RO-COMPLETED", "-", "-"), ("RO-IN_PROGRESS", "Bay 1", "Bay 1"),
                   ("RO-PENDING", "Bay 1", "Bay 1")], "bays")


# ---- parking ----

def test_current_version_is_asked(env):
    """A database of a version that the program does not know is left alone."""
    path = env.dir / "app.db"
    folder = env.dir / "parking"
    folder.mkdir()
    for version in ("1.0.0", "1.1.0"):
        (folder / f"{version}.sql").write_text(
            (SCHEMAS / f"parking/{version}.sql").read_text())
    done = env.schemac("migrate", "up", SCHEMAS / "parking", "--database", path)
    env.check(done.code == 0, done.story())
    before = path.read_bytes()
    done = env.schemac("migrate", "up", folder, "--database", path)
    env.check(done.code == 1 and "at version 1.3.0, which" in done.err, done.story())
    env.equal(path.read_bytes(), before, "the database")


# ---- variants ----

GROUPS = """
INSERT INTO projects (name, project_type_id) SELECT 'tour', id FROM project_types
    WHERE code = 'artist';
INSERT INTO project_equipment_groups (project_id, name) SELECT id, 'Lights' FROM projects;
"""


def test_columns_with_a_default(env):
    for ask in both(env, "variants", "1.0.0", "1.1.0", GROUPS):
        env.equal(ask("SELECT name, variant_name FROM project_equipment_groups"),
                  [("Lights", "default")], "rows that were there")


def test_insert_select_on_conflict(env):
    """The data step may meet what it would insert: it is left as it is."""
    mine = GROUPS + """
        INSERT INTO project_variants (project_id, variant_name, display_name, is_default)
        SELECT id, 'default', 'My own', TRUE FROM projects;"""
    for ask in both(env, "variants", "1.2.0", "1.3.0", mine):
        env.equal(ask("SELECT variant_name, display_name FROM project_variants"),
                  [("default", "My own")], "variants")


def test_indexes_beside_others_with_include(env):
    start, end = "1.3.0", "1.4.0"
    sql = env.ok("diff", "--dialect", "postgres", "--online", "--allow", "all",
                 source("variants", start), source("variants", end))
    wanted = env.ok("print", source("variants", end)).count(" INCLUDE (")
    beside = re.findall(r"^CREATE INDEX CONCURRENTLY \w+ ON .* INCLUDE \(.*\);$", sql,
                        re.M)
    env.check(wanted >= 2 and len(beside) == wanted, sql)
    url = created(env, source("variants", start))
    done = try_psql(env, url, sql)
    env.check(done.code == 0, done.story())
    env.equal(psql(env, url, "SELECT count(*) FROM pg_index"
                             " WHERE indnatts > indnkeyatts AND indisvalid"),
              f"{wanted}\n", "indexes with more columns than keys")


def test_exclude_on_sqlite(env):
    sql = env.ok("ddl", "--dialect", "sqlite", source("variants", "1.4.0"))
    env.check(re.search(r"CREATE UNIQUE INDEX \w+ ON project_variants \(project_id\)"
                        r"\s+WHERE is_default", sql), sql)


# ---- bookings ----

def test_fifty_tables(env):
    counts = [env.ok("print", source("bookings", v)).count("CREATE TABLE ")
              for v in versions("bookings")]
    env.check(len(counts) == 19 and 45 <= counts[-1] - counts[0] <= 55, str(counts))
    env.equal(counts, sorted(counts), "no sprint drops one")


def test_sprints_depend(env):
    """A sprint that comes without the one before it is refused by the name of what it
    lacks, where it needs it."""
    folder = env.dir / "bookings"
    folder.mkdir()
    needs = {}
    everything = versions("bookings")
    for skipped, version in pairs("bookings")[1:]:
        older = everything[everything.index(skipped) - 1]
        for file in folder.glob("*.sql"):
            file.unlink()
        for kept in everything[:everything.index(skipped)]:
            (folder / f"{kept}.sql").write_text(
                (SCHEMAS / f"bookings/{kept}.sql").read_text())
        text = (SCHEMAS / f"bookings/{version}.sql").read_text()
        (folder / f"{version}.sql").write_text(
            text.replace(f"-- @extends {skipped}", f"-- @extends {older}"))
        done = env.schemac("check", folder)
        if done.code != 0:
            needs[version] = set(re.findall(r'there is no table "(\w+)"', done.err))
    env.check("loyalty_points" in needs.get("1.3.0", ()), str(needs))
    return f"{len(needs)} of 18 sprints of bookings need the one before them"


@params("bookings", "customers")
def test_sprints_that_touch(env, table):
    """By the steps of the plan, and by what each sprint declares."""
    altered = re.compile(rf"^ALTER TABLE {table}\b|REFERENCES {table}\b"
                         rf"|^CREATE (UNIQUE )?INDEX .* ON {table} ", re.M)
    found, declared = set(), set()
    for older, version in pairs("bookings"):
        done = json.loads(env.ok("plan", "--format", "json", "--dialect", "postgres",
                                 source("bookings", older), source("bookings", version)))
        steps = [step for plan in done["plans"] for step in plan["steps"]]
        if any(step["table"] == table for step in steps):
            found.add(version)
        if altered.search((SCHEMAS / f"bookings/{version}.sql").read_text()):
            declared.add(version)
    env.check(len(found) >= 2 and found <= declared, f"{found} and {declared}")
    return f"{len(found)} sprints change {table}"


def test_cycle_is_cut(env):
    """Each refers to the other: one key is added when both are there."""
    sql = env.ok("ddl", "--dialect", "postgres", source("bookings", "1.3.0"))
    tables = {name: sql.index(f"CREATE TABLE {name} (")
              for name in ("loyalty_points", "payment_history")}
    keys = re.findall(r"ALTER TABLE (\w+)\s+ADD CONSTRAINT \w+ FOREIGN KEY \([^)]*\)"
                      r" REFERENCES (\w+)", sql[max(tables.values()):])
    env.check(("loyalty_points", "payment_history") in keys
              or ("payment_history", "loyalty_points") in keys, sql)
    env.equal(psql(env, created(env, source("bookings", "1.3.0")), """
        SELECT count(*) FROM pg_constraint
        WHERE (conrelid, confrelid) IN (
            ('loyalty_points'::regclass, 'payment_history'::regclass),
            ('payment_history'::regclass, 'loyalty_points'::regclass))"""), "2\n", "keys")


def test_bookings_beside_others(env):
    sql = "".join(env.ok("diff", "--dialect", "postgres", "--online", "--allow", "all",
                         source("bookings", a), source("bookings", b))
                  for a, b in pairs("bookings"))
    for words in (" NOT VALID;", "VALIDATE CONSTRAINT ", "CREATE INDEX CONCURRENTLY ",
                  "SET LOCAL lock_timeout = '5s';", "ctid < format("):
        env.check(words in sql, f"no {words}")


# ---- the plan document ----

CHAPTERS = ["Summary", "Version comparison", "What changes, by table",
            "Impact on running programs", "Statements", "Locks and work", "Data steps",
            "Verification queries", "Risks and their mitigation", "Rollback",
            "Checklists", "Traceability"]


@params(*((name, form) for name in ("parking", "dealer", "variants", "bookings", "bakery")
          for form in ("markdown", "html")))
def test_chapters_of_the_document(env, name, form):
    """All of them, in one order, and none is empty; from files alone."""
    start, end = pairs(name)[-1]
    text = env.ok("plan", "--format", form, "--dialect", "postgres", source(name, start),
                  source(name, end))
    mark = r"^## (.*)$" if form == "markdown" else r"<h2[^>]*>(.*?)</h2>"
    parts = re.split(mark, text, flags=re.M)
    env.equal(parts[1::2], CHAPTERS, "chapters")
    for chapter, body in zip(parts[1::2], parts[2::2]):
        env.check(len(re.sub(r"<[^>]*>", "", body).split()) >= 3, f"{chapter} is empty")
