"""The cards of a plan as text and as JSON, over the changes of all cases."""

import json

WIDTH = 100
LABEL = 15
WAYS = (("--dialect", "sqlite"), ("--dialect", "sqlite", "--down", "--keep"),
        ("--dialect", "sqlite", "--keep"), ("--dialect", "postgres", "--offline"),
        ("--dialect", "postgres", "--online"),
        ("--dialect", "postgres", "--online", "--keep"),
        ("--dialect", "postgres", "--down", "--keep"))


def cases(env):
    return sorted(path.parent for kind in ("plan", "diff")
                  for path in (env.root / "tests/cases" / kind).glob("*/from.sql"))


def planned(env, folder, way, *options):
    """What plan prints; nothing where the dialect cannot have it."""
    run = env.schemac("plan", "-q", "--allow", "all", *way, *options,
                  folder / "from.sql", folder / "to.sql")
    return run.out


def steps_of(text):
    return [step for plan in json.loads(text)["plans"] for step in plan["steps"]]


def fields(text):
    """Of all cards in their order: label and lines; what is continued has no label."""
    found = []
    for line in text.split("\n"):
        if not line.startswith("    ") or line.startswith("    " * 2) and not found:
            continue
        label, body = line[4:LABEL].strip(), line[LABEL:]
        if label:
            found.append((label, [body]))
        elif found:
            found[-1][1].append(body)
    return found


def one_line(lines):
    return " ".join(" ".join(lines).split())


def test_queries_are_folded(env):
    """On lines that can be read, and the same query as in JSON, where it is whole."""
    wrong = []
    for folder in cases(env):
        for way in WAYS:
            text, document = (planned(env, folder, way, *form)
                              for form in ((), ("--format", "json")))
            if not document:
                continue
            told = [lines for label, lines in fields(text) if label == "after"]
            whole = [step["postcondition"] for step in steps_of(document)
                     if step["postcondition"] is not None]
            wrong += [(folder.name, way, a, b) for a, b in
                      zip(map(one_line, told), (one_line([b]) for b in whole)) if a != b]
            wrong += [(folder.name, way, line) for lines in told for line in lines
                      if LABEL + len(line) > WIDTH and " " in line.strip()]
            env.equal(len(told), len(whole), f"queries of {folder.name} {way}")
    env.equal(wrong, [], "queries that are folded otherwise")


def test_each_step_names_its_cause(env):
    """A change or a section, with its line; and each change is in some step."""
    wrong = []
    for folder in cases(env):
        for way in WAYS:
            document = planned(env, folder, way, "--format", "json")
            for step in steps_of(document) if document else []:
                if not step["causes"] or not all(
                        one["file"] and one["line"] for one in step["causes"]):
                    wrong.append((folder.name, way, step["title"], step["causes"]))
    env.equal(wrong, [], "steps without a cause")


def test_a_rebuild_names_all_that_it_does(env):
    folder = env.root / "tests/cases/plan/a-card-per-step"
    steps = steps_of(planned(env, folder, WAYS[0], "--format", "json"))
    done = [one["change"] for one in steps[0]["causes"] if one["done_here"]]
    env.equal(done, ["change type vehicles.plate", "add column vehicles.kind",
                     "drop column vehicles.phone_number",
                     "add constraint vehicles.vehicles_plate_type"],
              "what the rebuild does")
