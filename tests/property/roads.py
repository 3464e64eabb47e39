"""Two roads to a third version on SQLite: by way of the second, and straight, as if the
second had never been.  The same schema and the same rows must come out.

Straight goes a version file that says itself what the second version said: what was
called otherwise in the first, and what becomes of values by @from.
"""

import shutil

from runner.base import Failure, execute

from . import databases
from .databases import opened
from .edits import valid_source
from .values import TYPES

FIRST, SECOND, THIRD = "lot@1.0.0", "lot@2.0.0", "lot@3.0.0"
STRAIGHT = ("two/lot@1.0.0", "two/lot@2.0.0")
# To rename a column from or to a name of the rowid: see docs/limits.md.
NAME_REFUSED = "this SQLite is 3.54 or newer"


def write_straight(folder, declare, old, new, last):
    lot = folder / "two/lot"
    lot.mkdir(parents=True)
    (lot / "1.0.0.sql").write_text(declare(old))
    (lot / "2.0.0.sql").write_text(declare(straightened(old, new, last), old))


def straightened(old, new, last):
    """The third version with the @from that the second had; what reads a column of the
    second only is left out, and its column not looked at."""
    schema = last.copy()
    for t in schema.tables:
        before, first = new.table(t.number), old.table(t.number)
        for c in t.columns:
            was = before.column(c.number) if before else None
            if was is not None and was.type == c.type:
                c.source, c.via, c.step = was.source, was.via, was.step
            c.source = valid_source(first, c)
    return schema


def check_two_roads(pair, start, at_second):
    """`start` and `at_second` are databases of the first two versions, with rows."""
    by_way = shutil.copy(at_second, pair.folder / "by-way.db")
    straight = shutil.copy(start, pair.folder / "straight.db")
    if not (moved(pair, by_way, SECOND, THIRD) and moved(pair, straight, *STRAIGHT)):
        return
    for path in (by_way, straight):
        pair.schemac("diff", "-q", "--exit-code", "--dialect", "sqlite",
                     f"sqlite:{path.name}", THIRD)
    compare(pair, by_way, straight, unlike(pair.old, pair.new, pair.last))
    check_direct(pair, start, by_way)


def check_direct(pair, start, by_way):
    """The same folder: where one plan goes over the second version, each value is what it
    is by way of it."""
    done = pair.schemac("diff", "-q", "--direct", "--dialect", "sqlite", "--allow", "all",
                        FIRST, THIRD, codes=(0, 2))
    if done.code == 2:
        refused_well(done)
        return
    direct = shutil.copy(start, pair.folder / "direct.db")
    if ran(pair, direct, FIRST, THIRD, done.out):
        compare(pair, by_way, direct, unforeseen(pair.old, pair.new, pair.last))


def refused_well(done):
    if "error[S0707]" not in done.err or done.out:
        raise Failure(f"the direct way\n{done.story()}")


def moved(pair, path, old, new):
    """False: the rows do not fit."""
    return ran(pair, path, old, new, pair.schemac(
        "diff", "-q", "--dialect", "sqlite", "--allow", "all", old, new).out)


def ran(pair, path, old, new, sql):
    done = execute(["sqlite3", "-bail", path.name], cwd=pair.folder, stdin=sql)
    if done.code == 0 and not done.err:
        return True
    if "CHECK constraint failed: " in done.err and " holds " in done.err:
        return False
    if NAME_REFUSED in done.err:
        return False
    raise Failure(f"from {old} to {new}\n{done.story()}\n{straight_text(pair)}")


def compare(pair, by_way, straight, hidden):
    one, other = opened(by_way), opened(straight)
    try:
        compare_opened(pair, one, other, hidden)
    finally:
        one.close()
        other.close()


def compare_opened(pair, by_way, straight, hidden):
    reader = pair.tools.reader
    if reader is not None and reader.verdict(straight, by_way) == "different":
        raise Failure("straight to the third version, the outside reader sees another "
                      f"schema than by the second\n{straight_text(pair)}")
    rows = [databases.without(databases.rows_of(c, pair.last), hidden)
            for c in (by_way, straight)]
    if rows[0] != rows[1]:
        raise Failure("straight to the third version the rows are others than by the "
                      f"second\nby way   {rows[0]}\nstraight {rows[1]}\n"
                      + straight_text(pair))


def straight_text(pair):
    return "---- straight\n" + (pair.folder / "two/lot/2.0.0.sql").read_text()


# ---- columns that rightly differ ----

def unlike(old, new, last):
    """{table's number: columns that nobody promises to be the same}; 0 is the rowid."""
    out = {}
    for t in last.tables:
        all_three = [schema.table(t.number) for schema in (old, new, last)]
        out[t.number] = {c.number for c in t.columns if not is_alike(all_three, c)}
        if not keeps_rowids(all_three):
            out[t.number].add(0)
    return out


def unforeseen(old, new, last):
    """What differs each time: new columns with a value of their own for each row, and
    rowids that nothing keeps."""
    out = {}
    for t in last.tables:
        all_three = [schema.table(t.number) for schema in (old, new, last)]
        out[t.number] = {c.number for c in t.columns
                         if any(is_volatile(table, c.number) for table in all_three)}
        out[t.number] |= {c.number for c in t.columns
                          if c.generated and set(c.generated.columns) & out[t.number]}
        if not keeps_rowids(all_three):
            out[t.number].add(0)
    return out


def is_volatile(table, number):
    c = table.column(number) if table else None
    return c is not None and c.default in TYPES[c.type].volatile


def keeps_rowids(tables):
    there = [t for t in tables if t is not None]
    keys = {(t.rowid_column().number if t.rowid_column() else None) for t in there}
    return all(databases.rowid_name(t) for t in there) and len(keys) == 1


def is_alike(tables, c):
    """Its values are given, or change once: nothing is lost between."""
    first, second, third = (t.column(c.number) if t else None for t in tables)
    if any(x is not None and x.generated is not None for x in (first, second, third)):
        return False
    if tables[1] is None or tables[0] is None:
        return tables[0] is tables[1]  # a table of the third: it has no rows
    if first is not None:
        return first.type == second.type or second.type == third.type
    if second is not None:
        return second.type == third.type and comes_alike(tables[0], second, third)
    source = third.source
    if source is None:
        return third.default not in TYPES[third.type].volatile
    return tables[0].column(source) is not None and same_values(
        tables[0].column(source), tables[1].column(source))


def comes_alike(table, second, third):
    """A column of the second: what its rows got there, they get straight, too."""
    if second.source is not None and table.column(second.source) is not None:
        return True
    return (second.default == third.default
            and second.default not in TYPES[second.type].volatile)


def same_values(first, second):
    return (first.type == second.type and first.generated is None
            and second.generated is None)
