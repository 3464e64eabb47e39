"""--diagnostics json and sarif: standard error is one document, whatever happens.

What stands in the documents is tested in tests/unit/test_render.c.
"""

import json
import os
import subprocess
from pathlib import Path

from runner.base import Skip
from runner.engines import params

SCHEMA = Path(__file__).resolve().parents[2] / "schemas/parking"

# The command line, its exit code, the codes in its document in their order.
COMMANDS = [
    (["check", SCHEMA], 0, []),
    (["check", "wrong.sql"], 2, ["S0308", "S0303"]),
    (["fmt", "--check", "tight.sql"], 1, []),
    (["fmt", "tight.sql"], 0, []),
    (["print", "--fingerprint", SCHEMA], 0, []),
    (["ddl", "--dialect", "sqlite", SCHEMA], 0, []),
    (["ddl", SCHEMA], 2, ["S0901"]),
    (["diff", "--dialect", "sqlite", "wide.sql", "narrow.sql"], 0, ["S0702"]),
    (["diff", "-q", "--dialect", "sqlite", "wide.sql", "narrow.sql"], 0, []),
    (["plan", "--dialect", "sqlite", "wide.sql", "narrow.sql"], 0, ["S0702"]),
    (["gen", "--out", "out", SCHEMA], 0, []),
    (["lint", SCHEMA], 0, []),
    (["lint", "-v", "loose.sql"], 1, ["nullable-boolean", "json-not-jsonb"]),
    (["migrate", "up", "--database", "lot.db", SCHEMA], 0, []),
    (["migrate", "up", "--database", ".", SCHEMA], 4, ["S0802"]),
    (["describe", "none.db"], 4, ["S0802"]),
    (["--version"], 0, []),
    (["check", "--help"], 0, []),
    (["chekc", SCHEMA], 2, ["S0901"]),
    ([], 2, ["S0901"]),
]

FILES = {
    "wrong.sql": "CREATE TABLE t (\n    a tex,\n    b integer REFERENCES u (id)\n);\n",
    "tight.sql": "CREATE TABLE t(id integer);\n",
    "wide.sql": "CREATE TABLE t (id integer PRIMARY KEY, gone text);\n",
    "narrow.sql": "CREATE TABLE t (id integer PRIMARY KEY);\n",
    "loose.sql": "CREATE TABLE t (id integer PRIMARY KEY, b boolean, j json);\n",
}


def codes(form, document):
    root = json.loads(document)
    if form == "json":
        return [d["code"] for d in root]
    return [r["ruleId"] for r in root["runs"][0]["results"]]


@params("json", "sarif")
def test_every_command(env, form):
    for name, text in FILES.items():
        (env.dir / name).write_text(text)
    for words, code, expected in COMMANDS:
        done = env.schemac(*words, "--diagnostics", form)
        env.equal(done.code, code, done.story())
        env.equal(codes(form, done.err), expected, done.story())


def test_the_result_is_the_same(env):
    plain = env.ok("ddl", "--dialect", "sqlite", SCHEMA)
    env.equal(env.ok("ddl", "--dialect", "sqlite", "--diagnostics", "sarif", SCHEMA),
              plain, "the result")


def test_many_errors(env):
    lines = [f"CREATE TABLE t{i} (a nosuch{i});\n" for i in range(203)]
    (env.dir / "many.sql").write_text("".join(lines))
    done = env.schemac("check", "many.sql", "--diagnostics", "json")
    said = json.loads(done.err)
    env.equal([d["line"] for d in said[:-1]], list(range(1, 201)), "lines")
    env.equal((said[-1]["code"], said[-1]["message"]),
              ("S0902", "3 more errors are not shown"), "the last")


@params("json", "sarif")
def test_bytes_that_are_not_utf8(env, form):
    name = os.fsdecode(b"Zo\xeb.sql")
    (env.dir / name).write_bytes(b"CREATE TABLE t (a tex\xeb\0);\n")
    done = subprocess.run([env.context.program, "check", name, "--diagnostics", form],
                          cwd=env.dir, capture_output=True, check=False)
    env.equal(done.returncode, 2, "exit code")
    env.check("S0105" in codes(form, done.stderr.decode("utf-8")), done.stderr)


# The document is whole although the reader of the result is gone, or the disk is full.
@params("json", "sarif")
def test_result_that_cannot_be_written(env, form):
    if not Path("/dev/full").exists():
        raise Skip("there is no /dev/full")
    command = f"{env.context.program} print {SCHEMA} --diagnostics {form}"
    done = env.run("sh", "-c", f"exec {command} > /dev/full")
    env.equal(done.code, 4, done.story())
    env.equal(codes(form, done.err), ["S0801"], done.story())
    done = env.run("sh", "-c", f"{command} | true")
    env.check(codes(form, done.err) in ([], ["S0801"]), done.story())
