"""Rows for tables whose declarations others have written: as many as the constraints let
in, found by trying.

A table is tried in the order of its foreign keys.  Each try gives every column a value of
its type, or one that its CHECKs mention, or a parent's, or none; what the engine refuses
is tried otherwise.  The engine's last word is the reason why a table stays empty.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass, field

ROWS_WANTED = 3
TRIES_MAX = 60
ROUNDS_MAX = 5
LITERAL = re.compile(r"'((?:[^']|'')*)'|(?<![\w.])(-?\d+(?:\.\d+)?)(?![\w.])")
LENGTHS_MAX = 300  # a number in a CHECK that may be a length


@dataclass
class Column:
    name: str
    type: str          # as the engine writes it
    base: str          # without its domain and its length
    length: int = 0    # of texts; 0: any
    optional: bool = True
    has_default: bool = False
    computed: bool = False
    labels: list = field(default_factory=list)  # of an enum
    element: str = ""  # of an array
    rules: str = ""    # of its domain


@dataclass
class Table:
    name: str          # as SQL says it
    columns: list
    rules: str = ""    # CHECKs, partition bounds, predicates of indexes
    keys: list = field(default_factory=list)  # [(columns, parent, parent's columns)]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def text_literal(text):
    return "'" + text.replace("'", "''") + "'"


def in_order(tables):
    """Parents first; those in a circle, and what hangs on them, as they come."""
    left, done, out = list(tables), set(), []
    names = {t.name for t in tables}
    while left:
        ready = [t for t in left if all(
            parent in done or parent == t.name or parent not in names
            for _, parent, _ in t.keys)] or left[:1]
        out += ready
        done.update(t.name for t in ready)
        left = [t for t in left if t.name not in done]
    return out


def fill(tables, attempt, value, has_rows, unchecked=None):
    """{table: why it stays empty}.  `attempt(sql)` gives None, or why not;
    `value(column, number, mentioned, r)` an expression, or None where none is known;
    triggers may have written rows of which `has_rows(name)` tells.  `unchecked()`: a
    context in which foreign keys are not asked, behind which none is broken."""
    empty = {}
    left = fill_rounds(in_order(tables), empty, attempt, value)
    if left and unchecked is not None:  # keys in a circle that take no NULL
        with unchecked():
            for t in left:
                try_rows(t, attempt, value, {one.name for one in left})
        left = fill_rounds([t for t in left if not has_rows(t.name)], empty, attempt,
                           value)
    return {t.name: empty[t.name] for t in left if not has_rows(t.name)}


def fill_rounds(left, empty, attempt, value):
    """What no row was found for; *empty says why."""
    for _ in range(ROUNDS_MAX):  # again for those in a circle, and what hangs on them
        for t in left:
            taken, words = try_rows(t, attempt, value)
            empty[t.name] = None if taken else words.most_common(1)[0][0]
        before, left = left, [t for t in left if empty[t.name] is not None]
        if len(left) == len(before):
            break
    return left


def try_rows(t, attempt, value, later=()):
    taken, words = 0, Counter()
    for number in range(1, TRIES_MAX + 1):
        why = attempt(Insertion(t, number, value, later).sql())
        if why is None:
            taken += 1
            if taken == ROWS_WANTED:
                break
        else:
            words[why] += 1
    return taken, words


class Insertion:
    """One try: which tries are bold and which timid follows from their number."""

    def __init__(self, t, number, value, later=()):
        self.t, self.number, self.value = t, number, value
        self.later = later            # parents that are to have the same numbers
        self.r = random.Random(f"{t.name} {number}")
        self.timid = number % 4 == 0  # gives what must be given only
        self.plain = number <= 4      # no literal of a CHECK

    def sql(self):
        values = self.values()
        if not values:
            return f"INSERT INTO {self.t.name} DEFAULT VALUES"
        names = ", ".join(map(quoted, values))
        return (f"INSERT INTO {self.t.name} ({names}) "
                f"VALUES ({', '.join(values.values())})")

    def values(self):
        out = {}
        for c in self.t.columns:
            if c.computed or (c.has_default and not self.later
                              and (self.timid or self.r.random() < 0.5)):
                continue
            if c.optional and (self.timid or (not self.plain and self.r.random() < 0.3)):
                continue
            found = self.value(c, self.number, self.mentioned(c), self.r)
            if found is not None:
                out[c.name] = found
        self.give_parents(out)
        return out

    def mentioned(self, c):
        """What the rules say of values, those of its domain before those of the table."""
        rules = c.rules or ("" if self.plain else self.t.rules)
        chance = 0.9 if c.rules else 0.5
        return [text.replace("''", "'") or number for text, number in
                LITERAL.findall(rules)] if self.r.random() < chance else []

    def give_parents(self, values):
        """A key to another table names one of its rows, one to the own table this row."""
        for columns, parent, parent_columns in self.t.keys:
            chosen = [c for c in columns if c in values]
            row = self.r.randrange(ROWS_WANTED)
            for column, target in zip(columns, parent_columns):
                if column not in chosen:
                    continue
                if parent == self.t.name:
                    if target in values and target != column:
                        values[column] = values[target]
                elif parent not in self.later:
                    values[column] = (f"(SELECT {quoted(target)} FROM {parent} "
                                      f"ORDER BY 1 LIMIT 1 OFFSET {row})")
