#!/usr/bin/env python3
"""The figures of comparing and planning: part of `make bench`.

Two schemas of 10,000 tables, of which two in a hundred are changed, and smaller
ones, so that what is not linear shows: instructions of reading both, of comparing and
planning, of the whole command.  Then the pairs of the corpus, by the time that they take
of a processor; the shortest of several runs counts.  The exit code is 1 where a gate is
missed.
"""

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from runner.base import environment  # noqa: E402
from runner.corpus import shared_folder  # noqa: E402
from runner.cost import inclusive  # noqa: E402
from runner.large import write_pair  # noqa: E402

TABLES = (1_000, 10_000)
WAYS = (("postgres", "--offline"), ("postgres", "--online"), ("postgres", "--down"),
        ("sqlite", "--offline"), ("sqlite", "--down"))
PLAN_PER_PARSE_MAX = 3.0
GROWTH_MAX = 1.10       # a table among 10,000 beside one among 1,000
PAIR_SECONDS_MAX = 0.025
TURNS = 5
DIALECTS = {"pg": "postgres", "sqlite": "sqlite"}


def diff(program, way, pair):
    return [program, "diff", "-q", "--allow", "all", "--dialect", *way, *pair]


def measure_tables(program, folder):
    print(f"{'instructions for each table':28} {'tables':>7} {'parse':>8} {'plan':>8}"
          f" {'all':>8} {'plan/parse':>11} {'all/parse':>10}")
    reached = True
    for way in WAYS:
        first = None
        for count in TABLES:
            counted = inclusive(folder, diff(program, way, write_pair(folder, count)),
                                "parse_source", "plan_make")
            whole, parse, plan = (number / count for number in counted)
            print(f"{' '.join(way):28} {count:7} {parse:8.0f} {plan:8.0f} {whole:8.0f}"
                  f" {plan / parse:11.2f} {whole / parse:10.2f}", flush=True)
            first = first or plan
            reached = (reached and plan <= PLAN_PER_PARSE_MAX * parse
                       and plan <= GROWTH_MAX * first)
    return reached


def processor_seconds(command):
    """Of the user and of the system together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(c) for c in command], check=False, env=environment(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def measure_pairs(program, corpus):
    with open(corpus / "PAIRS.tsv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    slowest = (0, None)
    for row in rows:
        ends = [corpus / row[list(row)[at]] for at in (1, 3)]
        command = diff(program, (DIALECTS[row["dialect"]], "--offline"), ends)
        spent = min(processor_seconds(command) for _ in range(TURNS))
        slowest = max(slowest, (spent, ends[0].relative_to(corpus)))
    print(f"{len(rows)} pairs of the corpus, the dearest {slowest[1]}:"
          f" {slowest[0] * 1000:.1f} ms of a processor")
    return slowest[0] <= PAIR_SECONDS_MAX


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    program = (ROOT / parser.parse_args().build / "schemac").resolve()
    corpus = shared_folder(ROOT) / "corpus"
    reached = True
    if corpus.is_dir():
        reached = measure_pairs(program, corpus)
    else:
        print(f"skipped: there is no corpus at {corpus}")
    with tempfile.TemporaryDirectory(prefix="schemac-change-") as name:
        reached = measure_tables(program, Path(name)) and reached
    print("change: " + ("reached" if reached else "NOT REACHED"))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
