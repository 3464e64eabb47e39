"""From one state of a project's schema to the next, with rows in every table.

The old file makes a database and rows are put into it; the plan that `diff` writes must
make of it what the new file makes, by the word of the outside reader, with every row in
the tables and columns that both have.  A second diff finds nothing.  The way back leads
to the old schema, and to the old rows where the plan says that none is lost.

Rows that the new rules refuse cannot come along: the plan must stop at them and leave the
database as it was.  The table is emptied then, counted, and the plan tried again.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .files import index, snapshots, table


@dataclass(frozen=True)
class Pair:
    name: str
    dialect: str
    old: Path
    new: Path


@dataclass
class Told:
    """What was met on the way; it is part of the figure."""
    tables: int = 0
    filled: int = 0
    empty: Counter = field(default_factory=Counter)    # {why a table stays empty: times}
    refused: list = field(default_factory=list)        # tables whose rows do not fit
    back: int = 0                                      # ways back without a loss

    def add(self, other):
        self.tables += other.tables
        self.filled += other.filled
        self.empty += other.empty
        self.refused += other.refused
        self.back += other.back


def pairs(shared, dialect):
    """Those that their projects published, and each state with the one before it."""
    found = {}
    for one, other in published(shared) + successive(shared):
        if f"/{dialect}/" in one:
            old, new = shared / "corpus" / one, shared / "corpus" / other
            found.setdefault((one, other), Pair(f"{one} to {other}", dialect, old, new))
    return list(found.values())


def published(shared):
    loads = {row["path"] for row in index(shared) if row["loads"].startswith("yes")}
    return [(row["A"], row["B"]) for row in table(shared / "corpus/PAIRS.tsv")
            if row["A"] in loads and row["B"] in loads]


def successive(shared):
    """The states of one project for one engine in the order of their days or numbers, and
    those that its chain of migrations goes through."""
    rows = {}
    chained = {c.name: c for c in snapshots(shared)}
    for row in index(shared):
        path = row["path"]
        key = age(Path(path).name)
        if (row["kind"].startswith("schema") and row["loads"].startswith("yes")
                and path not in chained and key):
            rows.setdefault(str(Path(path).parent), []).append((key, path))
    for path, chain in chained.items():
        line = rows.setdefault(f"{Path(path).parent} chain", [])
        for base in chain.before:
            line.append(((0, 0), str(base.relative_to(shared / "corpus"))))
        line.append(((1, len(chain.files)), path))
    return [(one, other) for line in rows.values()
            for states in [[path for _, path in sorted(set(line))]]
            for one, other in zip(states, states[1:])]


def age(name):
    """What sorts: the day, else the version; what is newest says HEAD."""
    day = re.search(r"\d{4}-\d\d(-\d\d)?", name)
    if day:
        return (0, day.group(), name)
    if name.startswith("HEAD"):
        return (2, name)
    version = re.match(r"v(\d[\d.]*)\.sql", name)
    return (0, version.group(1), name) if version else None
