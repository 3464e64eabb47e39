"""What lint says is so: the servers are asked, other people's schemas are read."""

import json
from pathlib import Path

from runner.base import Skip
from runner.cost import instructions
from runner.databases import psql, psql_refused, try_psql, written
from runner.engines import params

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases/lint"


@params("exclude-needs-extension", "name-cut-clash", "compares-different-types")
def test_postgres_refuses(env, rule):
    """PostgreSQL refuses the bad example, and takes the cure."""
    url = env.postgres()
    bad = try_psql(env, url, (CASES / f"{rule}.sql").read_text())
    env.check(bad.code != 0, f"the server takes {rule}.sql")
    if rule == "exclude-needs-extension":
        there = try_psql(env, url, "CREATE EXTENSION btree_gist; "
                                   "DROP EXTENSION btree_gist")
        if there.code != 0:
            raise Skip("the server has come without its extensions")
    psql(env, env.postgres(), (CASES / f"{rule}-silent.sql").read_text())


def test_set_null_fails(env):
    url = env.postgres()
    sql = (CASES / "set-null-on-not-null.sql").read_text()
    psql(env, url, sql + """
        INSERT INTO owners VALUES (1);
        INSERT INTO cars VALUES (1, 1);""")
    psql_refused(env, url, "DELETE FROM owners", "not-null constraint")


@params("1.0.0", "1.1.0", "1.2.0", "1.3.0")
def test_parking_is_clean(env, version):
    env.ok("lint", ROOT / f"schemas/parking@{version}")


def test_sarif_has_the_rules(env):
    done = env.schemac("lint", "--diagnostics", "sarif", CASES / "json-not-jsonb.sql")
    env.equal(done.code, 1, done.story())
    run = json.loads(done.err)["runs"][0]
    result = run["results"][0]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    env.equal((result["ruleId"], rule["id"], rule["name"], rule["help"]["text"]),
              ("json-not-jsonb", "json-not-jsonb", "json-not-jsonb",
               "docs/lint.md#json-not-jsonb"), "rule")


def corpus(env):
    folder = env.shared("corpus")
    for line in (folder / "INDEX.tsv").read_text().splitlines()[1:]:
        fields = line.split("\t")
        if fields[8] == "yes":
            yield folder / fields[0], fields[1]


def test_corpus(env):
    """Every schema that loads is read without a crash, and all in a document."""
    found = set()
    for path, dialect in corpus(env):
        terms = ["--dialect", "sqlite"] if dialect == "sqlite" else []
        done = env.schemac("lint", "-v", "--diagnostics", "json", *terms, path)
        env.check(done.code in (0, 1, 2), done.story())
        for d in json.loads(done.err):
            if d["page"] is not None:
                found.add(d["code"])
    env.check(len(found) >= 20, f"few rules find anything: {sorted(found)}")


def cost(env, tables):
    """Instructions for a file of many tables, each with keys, indexes, a silencer."""
    text = "".join(f"""
CREATE TABLE t{i} (
    id bigint PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('a', 'b')),
    price real, -- @lint off float-money "a rate"
    next bigint REFERENCES t{(i + 1) % tables} (id)
);
CREATE INDEX t{i}_status ON t{i} (status, id);
CREATE INDEX t{i}_first ON t{i} (status);
""" for i in range(tables))
    path = written(env, f"many{tables}.sql", text)
    return instructions([env.context.program, "lint", "-q", "--rule",
                         "index-covered=off", path], codes=(0, 1))


def test_cost_is_linear(env):
    small, large = cost(env, 500), cost(env, 4000)
    env.check(large < 10 * small, f"500 tables {small} instructions, 4000 {large}")
