"""What another reader of migration scripts finds in its own cases, our rules find too."""

import json
import sqlite3
from pathlib import Path

from runner.cost import instructions
from runner.databases import psql, psql_refused, try_psql, written
from runner.engines import params

# Its rule: ours.
RULES = {
    "adding-field-with-default": "column-rewrites-table",
    "adding-foreign-key-constraint": "constraint-scans",
    "adding-not-nullable-field": "not-null-scans",
    "adding-required-field": "required-column",
    "adding-serial-primary-key-field": "key-builds-index",
    "ban-char-field": "char-padding",
    "ban-concurrent-index-creation-in-transaction": "concurrently-in-transaction",
    "ban-create-domain-with-constraint": "domain-constraint",
    "ban-drop-database": "drop-database",
    "ban-truncate-cascade": "truncate-cascade",
    "ban-uncommitted-transaction": "transaction-left-open",
    "changing-column-type": "type-change",
    "constraint-missing-not-valid": ("constraint-scans", "validate-in-transaction"),
    "disallowed-unique-constraint": "key-builds-index",
    "prefer-repack": "table-rewritten",
    "prefer-text-field": "varchar-limit",
    "prefer-timestamp-tz": "timestamp-without-zone",
    "renaming-column": "rename-column",
    "renaming-table": "rename-table",
    "require-concurrent-index-creation": "index-blocks-writes",
    "require-concurrent-index-deletion": "drop-index-blocks",
    "require-concurrent-reindex": "reindex-blocks",
    "require-enum-value-ordering": "enum-value-at-end",
    "require-lock-timeout": "no-lock-timeout",
    "require-timeout-settings": "no-lock-timeout",
    "transaction-nesting": "transaction-nesting",
}

# Its rules that we have none for, and why.
NOT_OURS = {
    "identifier-too-long": "about a schema: name-too-long, asked of declarations",
    "prefer-bigint-over-int": "about a schema: small-key is about keys, not any number",
    "prefer-bigint-over-smallint": "about a schema: likewise",
    "prefer-identity": "about a schema: serial-not-identity, asked of declarations",
    "prefer-robust-stmts": "IF NOT EXISTS takes what is broken or different for what is "
                           "wanted: measured, and not recommended",
    "require-table-schema": "a matter of style, off in the other reader as well",
}

# Its cases that ask for what we do not have, by what they say.
WITHOUT = {
    "assume_in_transaction": "a script says BEGIN itself",
}

# Its cases that we judge otherwise on purpose, and why; a case that agrees after all
# fails the test.
OTHERWISE = {
    "ban-char-field/14": "PostgreSQL has no type \"character\" in quotes",
    "require-timeout-settings/12": "VACUUM without FULL queues nobody: measured",
}

LEAST_CASES = 95
LEAST_SHARE = 0.95


def cases(env):
    """(name, is it to fire, path) of those that apply: PostgreSQL takes the SQL, and
    nothing is asked for that we do not have."""
    for meta in sorted(env.shared("cases/lint/squawk").glob("*/*.meta.json")):
        said = json.loads(meta.read_text())
        sql = meta.with_name(meta.name.replace(".meta.json", ".sql"))
        asks = any(word in (said["settings"] or "") for word in WITHOUT)
        if said["rule"] not in NOT_OURS and said["parses_pg15"] and not asks:
            yield said["rule"], sql.stem, said["expect"] == "bad", sql


def found(env, path):
    done = env.schemac("lint", "-v", "--script", "--diagnostics", "json", path)
    env.check(done.code in (0, 1, 2), done.story())
    return {d["code"] for d in json.loads(done.err)}


def test_other_reader(env):
    """Each of its rules is one of ours or stands in NOT_OURS with the reason; ours fires
    where it must and is silent where it must not."""
    there = {p.name for p in env.shared("cases/lint/squawk").iterdir() if p.is_dir()}
    env.check(there == RULES.keys() | NOT_OURS.keys(),
              f"without an answer: {there ^ (RULES.keys() | NOT_OURS.keys())}")
    good, bad = 0, set()
    for rule, number, wanted, path in cases(env):
        ours = RULES[rule]
        ours = {ours} if isinstance(ours, str) else set(ours)
        if bool(ours & found(env, path)) == wanted:
            good += 1
        else:
            bad.add(f"{rule}/{number}")
    env.equal(OTHERWISE.keys() - bad, set(), "OTHERWISE lists what agrees")
    total = good + len(bad)
    env.check(total >= LEAST_CASES, f"only {total} cases")
    env.check(good >= LEAST_SHARE * total, f"{good} of {total}; not: {sorted(bad)}")
    return (f"{good} of {total} scripts of another reader are judged as it does, "
            f"{len(OTHERWISE)} otherwise on purpose")


CASES = Path(__file__).resolve().parents[2] / "tests/cases/lint"

PARKING = """
CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE cars (id bigint PRIMARY KEY, owner_id bigint, plate text, wheels int,
                   colour text);
CREATE TABLE trips (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE trips_2019 PARTITION OF trips
    FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
CREATE INDEX cars_owner ON cars (owner_id);
INSERT INTO owners SELECT generate_series(1, 100);
INSERT INTO cars SELECT i, i, 'P' || i, 4, 'red' FROM generate_series(1, 100) i;
"""


@params("CREATE INDEX CONCURRENTLY cars_wheels ON cars (wheels)",
        "DROP INDEX CONCURRENTLY cars_owner",
        "REINDEX TABLE CONCURRENTLY cars",
        "ALTER TABLE trips DETACH PARTITION trips_2019 CONCURRENTLY")
def test_server_refuses_in_transaction(env, statement):
    """What concurrently-in-transaction finds, PostgreSQL refuses; alone it takes it."""
    url = env.postgres()
    psql(env, url, PARKING)
    script = f"BEGIN;\n{statement};\nCOMMIT;\n"
    env.check("concurrently-in-transaction" in found(env, written(env, "in.sql", script)),
              "found")
    env.check(try_psql(env, url, script).code != 0, "the server takes it")
    alone = written(env, "alone.sql", f"{statement};\n")
    env.equal(found(env, alone), set(), "alone")
    psql(env, url, f"{statement};\n")


REWRITTEN = "SELECT relfilenode FROM pg_class WHERE relname = 'cars'"


@params("column-rewrites-table", "column-rewrites-table-silent", "type-change",
        "type-change-silent", "table-rewritten", "table-rewritten-silent",
        "required-column-silent", "not-null-scans-silent")
def test_server_writes_again(env, case):
    """The storage of the table is another one exactly where a rule says so."""
    url = env.postgres()
    psql(env, url, PARKING)
    before = psql(env, url, REWRITTEN)
    for statement in (CASES / f"{case}.sql").read_text().split(";\n"):
        psql(env, url, statement)
    env.equal(psql(env, url, REWRITTEN) != before, not case.endswith("-silent"), case)


def test_required_column_fails(env):
    url = env.postgres()
    psql(env, url, PARKING)
    psql_refused(env, url, (CASES / "required-column.sql").read_text(), "null values")


MORE = PARKING + """
CREATE TYPE colour AS ENUM ('red', 'blue');
ALTER TABLE cars ALTER COLUMN colour TYPE colour USING colour::colour;
"""


@params(("enum-used-early", "unsafe use of new value"),
        ("view-columns-moved", "cannot change name of view column"),
        ("column-twice", "multiple assignments to same column"))
def test_server_refuses(env, case, words):
    """The server refuses what an error is about, and takes the cure."""
    url = env.postgres()
    text = MORE if case.startswith("enum") else PARKING
    psql(env, url, text)
    psql_refused(env, url, (CASES / f"{case}.sql").read_text(), words)
    url = env.postgres()
    psql(env, url, text)
    psql(env, url, (CASES / f"{case}-silent.sql").read_text())


INVALID = "SELECT relname FROM pg_index JOIN pg_class c ON c.oid = indexrelid" \
          " WHERE NOT indisvalid"


def test_server_leaves_an_invalid_index(env):
    """The next run finds its name taken, or takes it for the one that is wanted."""
    url = env.postgres()
    psql(env, url, PARKING + "UPDATE cars SET plate = 'P1' WHERE id = 2;")
    for case in ("index-left-invalid", "index-left-invalid-silent"):
        for line in (CASES / f"{case}.sql").read_text().splitlines():
            try_psql(env, url, line)
        env.equal(psql(env, url, INVALID), "cars_plate\n", case)
    psql(env, url, "UPDATE cars SET plate = 'P2' WHERE id = 2;")
    left = (CASES / "index-left-invalid.sql").read_text()
    psql_refused(env, url, left, "already exists")
    psql(env, url, left.replace("CONCURRENTLY", "CONCURRENTLY IF NOT EXISTS"))
    env.equal(psql(env, url, INVALID), "cars_plate\n", "IF NOT EXISTS")
    for line in (CASES / "index-left-invalid-silent.sql").read_text().splitlines():
        psql(env, url, line)
    env.equal(psql(env, url, INVALID), "", "after the cure")


def test_server_forgets_rights(env):
    url = env.postgres()
    rights = "SELECT relacl FROM pg_class WHERE relname = 'plates'"
    psql(env, url, PARKING + "CREATE VIEW plates AS SELECT id FROM cars;"
                             "GRANT SELECT ON plates TO PUBLIC;")
    psql(env, url, (CASES / "view-loses-rights.sql").read_text())
    env.equal(psql(env, url, rights), "\n", "rights")
    psql(env, url, (CASES / "view-loses-rights-silent.sql").read_text())
    env.check("=r/" in psql(env, url, rights), "GRANT gives them back")


def test_change_of_a_database(env):
    """FROM is a live database: its table loses a column, the finding is at the file."""
    path = env.dir / "lot.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cars (id INTEGER PRIMARY KEY, plate TEXT) STRICT")
    connection.close()
    to = written(env, "to.sql", "CREATE TABLE cars (id bigint PRIMARY KEY);\n")
    done = env.schemac("lint", "--diagnostics", "sarif", path, to)
    env.equal(done.code, 1, done.story())
    results = json.loads(done.err)["runs"][0]["results"]
    env.check("drop-column" in {r["ruleId"] for r in results}, done.story())


def test_declarations_are_no_scripts(env):
    """What loads into an empty database changes nothing that it does not make."""
    folder = env.shared("corpus")
    count = 0
    for line in (folder / "INDEX.tsv").read_text().splitlines()[1:]:
        fields = line.split("\t")
        if fields[8] == "yes":
            done = env.schemac("lint", folder / fields[0])
            env.check("read as a script" not in done.err, done.story())
            count += 1
    env.check(count >= 150, f"only {count} files")


def cost(env, statements):
    text = "SET lock_timeout = '1s';\n" + "".join(
        f"ALTER TABLE t{i} ADD CONSTRAINT c{i} CHECK (a IS NOT NULL) NOT VALID;\n"
        f"ALTER TABLE t{i} VALIDATE CONSTRAINT c{i};\n"
        f"-- @lint off drop-column \"nobody reads it\"\nALTER TABLE t{i} DROP COLUMN b;\n"
        f"DROP VIEW v{i}; CREATE VIEW v{i} AS SELECT a FROM t{i};\n"
        f"GRANT ALL ON v{i} TO x;\n"
        f"BEGIN; ALTER TYPE e ADD VALUE 'v{i}' AFTER 'a'; DELETE FROM t{i}; COMMIT;\n"
        f"CREATE UNIQUE INDEX CONCURRENTLY i{i} ON t{i} (a);\n"
        f"ALTER TABLE t{i} ADD CONSTRAINT i{i} UNIQUE USING INDEX i{i};\n"
        for i in range(statements))
    path = written(env, f"many{statements}.sql", text)
    return instructions([env.context.program, "lint", "-q", path], codes=(0, 1))


def test_cost_is_linear(env):
    small, large = cost(env, 500), cost(env, 4000)
    env.check(large < 10 * small, f"500 tables {small} instructions, 4000 {large}")
