"""The files that are measured, by group, and where they stand."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

# Group: (dialect of the outside count, arguments that choose the dialect).  MySQL is
# read as neutral declarations: there is no such dialect to print.
GROUPS = {
    "postgres": ("pg", ["--dialect", "postgres"]),
    "sqlite": ("sqlite", ["--dialect", "sqlite"]),
    "mysql": ("mysql", []),
    "cases-postgres": ("pg", ["--dialect", "postgres"]),
    "cases-sqlite": ("sqlite", ["--dialect", "sqlite"]),
}
INDEX_DIALECTS = {"postgres": "pg", "sqlite": "sqlite", "mysql": "mysql"}


def group_files(shared, group):
    """Every file of the group that its engine loads."""
    if group.startswith("cases-"):
        folder = shared / "cases" / group[len("cases-"):]
        return sorted(path for name in ("from.sql", "to.sql")
                      for path in folder.glob(f"*/*/{name}"))
    return corpus_files(shared, group)


def corpus_files(shared, group):
    return [shared / "corpus" / row["path"] for row in index(shared)
            if row["dialect"] == INDEX_DIALECTS[group]
            and row["kind"].startswith("schema") and row["loads"].startswith("yes")]


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def index(shared):
    return table(shared / "corpus/INDEX.tsv")


def dialect_of(path):
    """The dialect of a corpus file is a folder of its path."""
    return next(part for part in Path(path).parts if part in ("pg", "sqlite", "mysql"))


@dataclass
class Chain:
    """Files in order, and the file that says what they come to."""
    name: str
    dialect: str
    before: list  # what the chain is applied on top of
    files: list
    target: Path
    same: bool  # to the engine
    setup: str = ""  # what its own tool makes before the first file


def snapshots(shared):
    """What the engine says after the first N files of a chain."""
    rows = index(shared)
    base = {row["path"].rstrip("/"): found.group(1) for row in rows
            for found in [re.search(r"on top of (\S+\.sql)", row["loads"])] if found}
    setup = {row["path"].rstrip("/"): found.group(1) for row in rows
             for found in [re.search(r"^yes\(after: (CREATE TABLE .*?;)\)", row["loads"])]
             if found}
    for row in rows:
        found = re.search(r"after migrations 1\.\.(\d+) of \d+ of (\S+)", row["note"])
        if found is None:
            continue
        count, chain = int(found.group(1)), found.group(2).rstrip("/")
        files = sorted((shared / "corpus" / chain).glob("*.up.sql"))
        first = [shared / "corpus" / base[chain]] if chain in base else []
        yield Chain(row["path"], row["dialect"], first, files[:count],
                    shared / "corpus" / row["path"], True, setup.get(chain, ""))


def upgrades(shared):
    """From one release to the next by the files that the project publishes for that."""
    for row in table(shared / "corpus/PAIRS.tsv"):
        verdict = row["verified: A+patch vs B"]
        if row["dialect"] == "mysql" or "does not apply" in verdict:
            continue
        patch = [path for pattern in row["patch (applied in sorted order)"].split()
                 for path in sorted((shared / "corpus").glob(pattern))]
        yield Chain(f"{row['A']} to {row['B']}", row["dialect"],
                    [shared / "corpus" / row["A"]], patch, shared / "corpus" / row["B"],
                    verdict.startswith("EQUAL"))
