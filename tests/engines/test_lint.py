"""What lint says is so: the servers are asked, other people's schemas are read."""

import json
import time
from pathlib import Path

from runner.base import Failure
from runner.engines import params

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases/lint"


def psql(env, url, sql):
    return env.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, stdin=sql)


@params("exclude-needs-extension", "name-cut-clash", "compares-different-types")
def test_postgres_refuses(env, rule):
    """PostgreSQL refuses the bad example, and takes the cure."""
    url = env.postgres()
    bad = psql(env, url, (CASES / f"{rule}.sql").read_text())
    env.check(bad.code != 0, f"the server takes {rule}.sql")
    if rule == "exclude-needs-extension":
        done = psql(env, url, "CREATE EXTENSION btree_gist; DROP EXTENSION btree_gist")
        if done.code != 0:
            return  # the server has come without its extensions
    cure = psql(env, env.postgres(), (CASES / f"{rule}-silent.sql").read_text())
    env.check(cure.code == 0, cure.story())


def test_set_null_fails(env):
    url = env.postgres()
    sql = (CASES / "set-null-on-not-null.sql").read_text()
    done = psql(env, url, sql + """
        INSERT INTO owners VALUES (1);
        INSERT INTO cars VALUES (1, 1);""")
    env.check(done.code == 0, done.story())
    done = psql(env, url, "DELETE FROM owners")
    env.check("not-null constraint" in done.err, done.story())


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
    found = {}
    for path, dialect in corpus(env):
        terms = ["--dialect", "sqlite"] if dialect == "sqlite" else []
        done = env.schemac("lint", "-v", "--diagnostics", "json", *terms, path)
        env.check(done.code in (0, 1, 2), done.story())
        for d in json.loads(done.err):
            if d["page"] is not None:
                found[d["code"]] = found.get(d["code"], 0) + 1
    env.check(len(found) >= 20, f"few rules find anything: {found}")
    lines = [f"{n:6} {rule}" for rule, n in sorted(found.items(), key=lambda f: -f[1])]
    (env.dir / "counts.txt").write_text("\n".join(lines) + "\n")


def seconds(env, tables):
    """One file of many tables, each with keys, indexes and a silencer."""
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
    path = env.dir / f"many{tables}.sql"
    path.write_text(text)
    best = None
    for _ in range(3):
        begin = time.monotonic()
        done = env.schemac("lint", "-q", "--rule", "index-covered=off", path)
        if done.code not in (0, 1):
            raise Failure(done.story()[:500])
        took = time.monotonic() - begin
        best = took if best is None else min(best, took)
    return best


def test_cost_is_linear(env):
    small, large = seconds(env, 1000), seconds(env, 8000)
    env.check(large < 24 * small + 0.5, f"1000 tables {small:.2f} s, 8000 {large:.2f} s")
