"""Make a failing pair small: drop one thing after the other from both versions, and undo
one edit after the other, as long as it fails in the same way.
"""

import re
import shutil
from dataclasses import replace

from runner.base import Failure

from .edits import is_clear
from .pair import prove

LISTS = ("foreign", "uniques", "checks", "indexes")
COLUMN_FACTS = ("name", "type", "default", "collate", "not_null", "generated", "stored")
TABLE_FACTS = ("name", "strict", "without_rowid", "counts") + LISTS


def shrink(tools, declared, story, folder):
    """The smallest pair that was found, and its story."""
    kind, found = kind_of(story), True
    while found:
        found = False
        for smaller in candidates(declared):
            tale = failure(tools, smaller, folder)
            if tale is not None and kind_of(tale) == kind:
                declared, story, found = smaller, tale, True
                break
    return declared, story


def kind_of(story):
    """What went wrong, without the names of what it happened to."""
    head = story.split("---- lot/")[0]
    words = re.sub(r'"[^"]*"|\d+|\S*[./"]\S*', "", head).split()
    return " ".join(w for w in words if w.isascii() and w.islower() and len(w) > 3)[:80]


def failure(tools, declared, folder):
    try:
        prove(tools, declared, folder)
        return None
    except Failure as e:
        return str(e)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def candidates(declared):
    """Pairs with one thing less, the largest things first."""
    for change in changes(declared):
        draft = replace(declared, old=declared.old.copy(), new=declared.new.copy(),
                        last=declared.last.copy())
        change(draft)
        each(draft, lambda s: s.prune())
        if (draft != declared and draft.old.tables
                and all(is_clear(one, before) for one, before in (
                    (draft.old, draft.old), (draft.new, draft.old),
                    (draft.last, draft.new), (draft.last, draft.old)))):
            yield draft


def changes(declared):
    if declared.data_step:
        yield lambda d: setattr(d, "data_step", False)
    versions = (declared.old, declared.new, declared.last)
    for number in {t.number: 0 for s in versions for t in s.tables}:
        yield lambda d, n=number: each(d, lambda s: remove_table(s, n))
    for name in {thing.name: 0 for s in versions for thing in s.views + s.triggers}:
        yield lambda d, n=name: each(d, lambda s: remove_named(s, n))
    for number in {c.number: 0 for s in versions for t in s.tables for c in t.columns}:
        yield lambda d, n=number: each(d, lambda s: remove_column(s, n))
    for t in declared.new.tables:
        yield from undone(declared, "old", "new", t)
    for t in declared.last.tables:
        yield from undone(declared, "new", "last", t)
    for s in versions:
        for t in s.tables:
            yield from emptied(t)


def each(declared, change):
    change(declared.old)
    change(declared.new)
    change(declared.last)


def remove_table(schema, number):
    schema.tables = [t for t in schema.tables if t.number != number]


def remove_named(schema, name):
    schema.views = [v for v in schema.views if v.name != name]
    schema.triggers = [g for g in schema.triggers if g.name != name]


def remove_column(schema, number):
    for t in schema.tables:
        if number not in t.primary and len(t.columns) > 1:
            t.columns = [c for c in t.columns if c.number != number]


def undone(declared, older, newer, t):
    """The newer version as the older one, one fact at a time."""
    before = getattr(declared, older).table(t.number)
    for fact in TABLE_FACTS if before else ():
        if getattr(before, fact) != getattr(t, fact):
            yield lambda d, n=t.number, f=fact: undo(
                getattr(d, older).table(n), getattr(d, newer).table(n), f)
    for c in t.columns if before else ():
        was = before.column(c.number)
        for fact in COLUMN_FACTS if was else ():
            if getattr(was, fact) != getattr(c, fact):
                yield lambda d, n=t.number, m=c.number, f=fact: undo(
                    getattr(d, older).table(n).column(m),
                    getattr(d, newer).table(n).column(m), f)


def undo(before, after, fact):
    setattr(after, fact, getattr(before, fact))


def emptied(t):
    """Without one of the things that hang on the table, in both versions."""
    for attribute in LISTS:
        for thing in getattr(t, attribute):
            yield lambda d, n=t.number, a=attribute, x=thing: each(
                d, lambda s: discard(s.table(n), a, x))
    for c in t.columns:
        if c.not_null:
            yield lambda d, m=c.number: each(d, lambda s: plain(s, m, "not_null", False))
        if c.default:
            yield lambda d, m=c.number: each(d, lambda s: plain(s, m, "default", None))


def discard(t, attribute, thing):
    if t is not None and thing in getattr(t, attribute):
        setattr(t, attribute, [x for x in getattr(t, attribute) if x != thing])


def plain(schema, number, fact, value):
    for t in schema.tables:
        if t.column(number) is not None:
            setattr(t.column(number), fact, value)
