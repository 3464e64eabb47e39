"""The hazards that another planner sees in its own cases: does our plan for tables in use
say so?  Each of its words means something about a step: a lock that it takes, a row that
it loses, a rule of `lint` that it breaks.

https://github.com/stripe/pg-schema-diff: internal/migration_acceptance_tests
"""

import json

from runner.base import Failure

from .loads import in_scope, meta_of
from .probes import Tool, failure_of

LOCKS = ("ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE",
         "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE")


def at_least(lock):
    """Does a step take that lock, or one that keeps out more?"""
    return lambda told: any(held in LOCKS and LOCKS.index(held) >= LOCKS.index(lock)
                            for held in told.locks)


# Who refuses says more than who warns: they drop the table and make it again, or guess
# what a number is the time of.
REFUSED = ("the server cannot change it in place", "has no cast between the two types")


class Told:
    """All that is told of a change: by the cards of its steps, and by `lint`."""

    def __init__(self, plan, rules):
        self.steps = [step for p in plan["plans"] for step in p["steps"]]
        self.hazards = {h["name"] for step in self.steps for h in step["hazards"]}
        self.locks = {step["lock"] for step in self.steps if step["lock"]}
        self.rules = rules

    def reads_rows(self):
        return any(step["scans"] or step["rewrites"] or step["samples"]
                   for step in self.steps)


MEANS = {
    "AcquiresAccessExclusiveLock": at_least("ACCESS EXCLUSIVE"),
    "AcquiresShareRowExclusiveLock": at_least("SHARE ROW EXCLUSIVE"),
    "AcquiresShareLock": at_least("SHARE"),
    "DeletesData": lambda told: "data-loss" in told.hazards
    or "sequence-gone" in told.rules,
    "HasUntrackableDependencies": lambda told: "body-not-read" in told.rules,
    "ImpactsDatabasePerformance": Told.reads_rows,
    "IndexBuild": Told.reads_rows,
    "IndexDropped": lambda told: "index-gone" in told.rules,
    "AuthzUpdate": lambda told: "rights-change" in told.rules,
    "ExtensionVersionUpgrade": lambda told: "extension-update" in told.rules,
    "Correctness": lambda told: "replica-identity-change" in told.rules,
}


def cases(shared):
    return [path for path in
            sorted((shared / "cases/postgres/pg-schema-diff").glob("*/to.sql"))
            if in_scope(path) and in_scope(path.with_name("from.sql"))
            and meta_of(path)["expect"] == "ok" and meta_of(path).get("hazards")]


def name_of(path):
    return f"{path.parent.parent.name}/{path.parent.name}"


def told_of(tool, start, end):
    # They have an option for plans without CONCURRENTLY; ours is the short way.
    way = "--offline" if "no_concurrent" in end.parent.name else "--online"
    plan = tool.read("plan", "-q", way, "--format", "json", start, end)
    if failure_of(plan):
        raise Failure("plan: " + failure_of(plan))
    lint = tool.read("lint", "-v", "--change", "--diagnostics", "json", start, end)
    if lint.code not in (0, 1, 2):
        raise Failure("lint: " + failure_of(lint))
    return Told(json.loads(plan.out), {d["code"] for d in json.loads(lint.err)})


def probe_hazards(context, folder, path):
    """What they say and we do not, or None."""
    tool = Tool(context, folder, ["--dialect", "postgres"])
    try:
        told = told_of(tool, path.with_name("from.sql"), path)
    except Failure as e:
        return None if any(words in str(e) for words in REFUSED) else str(e)
    missing = [word for word in meta_of(path)["hazards"]
               if word not in MEANS or not MEANS[word](told)]
    return "not told: " + ", ".join(missing) if missing else None
