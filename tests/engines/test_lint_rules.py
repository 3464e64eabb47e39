"""Each rule of two other readers, and each measured one that neither has, is answered in
lint_rules.tsv: by rules of ours with an example where they fire and one where they are
silent, by what the plan does instead, or by the reason why there is nothing to find.

way     what is asked        fires            silent
script  lint --script        a script         another
schema  lint                 a schema         another
change  lint --change        FROM => TO       FROM => TO
plan    diff --online        FROM => TO       words that the plan has, and no rule
        ours is "-": the reason why no plan needs one; script with "-" likewise
"""

import json
import re
from pathlib import Path

from runner.databases import written
from runner.engines import params

TABLE = Path(__file__).with_name("lint_rules.tsv")
FIELDS = "reader rule way ours fires silent".split()
READERS = {1: "squawk", 2: "strong_migrations"}


def rows():
    lines = TABLE.read_text().splitlines()
    assert lines[0].split("\t") == FIELDS
    for line in lines[1:]:
        yield dict(zip(FIELDS, (cell.replace("\\n", "\n") for cell in line.split("\t")),
                       strict=True))


ROWS = list(rows())


def sides(env, example):
    for name, text in zip(("from.sql", "to.sql"), example.split(" => "), strict=True):
        yield written(env, name, text + "\n")


def found(env, way, example):
    if way == "change":
        args = ["--change", "--dialect", "postgres", *sides(env, example)]
    else:
        args = ["--script"] if way == "script" else ["--dialect", "postgres"]
        args.append(written(env, "asked.sql", example + "\n"))
    done = env.schemac("lint", "-v", "--diagnostics", "json", *args)
    codes = {d["code"] for d in json.loads(done.err)}
    broken = {c for c in codes if re.fullmatch(r"S\d+", c)}
    env.check(done.code in (0, 1, 2) and not broken, done.story())
    return codes


EXAMPLES = [r for r in ROWS if r["ours"] != "-"]


@params(*sorted({r["reader"] for r in ROWS}))
def test_examples(env, reader):
    for r in EXAMPLES:
        if r["reader"] != reader:
            continue
        ours = set(r["ours"].split(","))
        what = f"{reader} {r['rule']} {r['way']}"
        env.equal(ours - found(env, r["way"], r["fires"]), set(), f"silent at {what}")
        env.equal(ours & found(env, r["way"], r["silent"]), set(), f"fires at {what}")


def test_plans(env):
    """What a rule warns of in a script, the plan does otherwise, and lint is silent."""
    for r in ROWS:
        if r["way"] != "plan" or " => " not in r["fires"]:
            continue
        sql = env.ok("diff", "-q", "--dialect", "postgres", "--online", "--allow", "all",
                     *sides(env, r["fires"]))
        sql = re.sub(r"^(--.*)?\n", "", sql, flags=re.M)
        env.check(r["silent"] in sql, f"{r['rule']}: no {r['silent']!r} in\n{sql}")
        rules = {x for s in ROWS if (s["reader"], s["rule"]) == (r["reader"], r["rule"])
                 for x in s["ours"].split(",")}
        env.equal(rules & found(env, "change", r["fires"]), set(), r["rule"])


def rules_of_facts(text):
    """(reader, rule) of each row of its three lists."""
    parts = re.split(r"^## \d\. ", text, flags=re.M)
    for number, reader in READERS.items():
        for line in parts[number].splitlines():
            if not line.startswith("| ") or line.startswith(("| rule", "| check")):
                continue
            cell = line.split("|")[1]
            cell = re.sub(r"\((?!alias ).*?\)", "", cell)
            names = re.findall(r"[a-z]+(?:[-_][a-z0-9]+)+|backfilling|execute", cell)
            stem = names[0].rsplit("-", 1)[0]
            yield from ((reader, n) for n in names)
            yield from ((reader, f"{stem}{n}") for n in re.findall(r"/ (-[a-z]+)", cell))
    for number in re.findall(r"^(\d+)\. ", parts[5], flags=re.M):
        yield "measured", number


def test_each_rule_is_answered(env):
    """Once for a script, and once for a plan that is derived."""
    facts = env.shared("facts/unsafe-ddl-rules.md").read_text()
    asked = set(rules_of_facts(facts))
    answers = {}
    for r in ROWS:
        kind = "script" if r["way"] == "script" else "plan"
        answers.setdefault((r["reader"], r["rule"]), set()).add(kind)
        if r["ours"] == "-":
            env.check(" " in r["fires"], f"no reason: {r}")
    env.equal(asked ^ answers.keys(), set(), "rules without an answer, or the other way")
    env.equal([k for k, v in answers.items() if v != {"script", "plan"}], [], "half")
    return f"{len(asked)} rules of other readers are answered by {len(EXAMPLES)} pairs " \
           f"of examples and {sum(r['way'] == 'plan' for r in ROWS)} plans or reasons"
