"""Generated code beside a hand-written program, by the instructions of both in one run;
`make bench` has more rows, the seconds and the other gates."""

import os
import platform

from bench import typed_c
from runner.base import Skip
from runner.engines import params

LOAD_BESIDE_BY_HAND = 4.5  # instructions of the client; the server's work is most of it


def need_plain_code():
    if os.environ.get("SANITIZE"):
        raise Skip("callgrind cannot run what a sanitizer has built")


@params(*((gate.dialect, gate.work) for gate in typed_c.GATES
          if not gate.by_seconds))
def test_beside_by_hand(env, dialect, work):
    need_plain_code()
    gate = next(g for g in typed_c.GATES if (g.dialect, g.work) == (dialect, work))
    place = env.postgres if dialect == "postgres" else lambda: "sqlite::memory:"
    program = typed_c.build_program(env.context.build, env.dir)
    typed, hand, ratio = typed_c.count_ratio(program, gate, place)
    env.check(ratio <= gate.most, f"{typed:.0f} instructions a row, {hand:.0f} by hand")
    return f"{dialect} {work}: {ratio:.3f} times the instructions of code by hand"


def test_load_beside_by_hand(env):
    need_plain_code()
    gate = next(g for g in typed_c.GATES if g.by_seconds)
    program = typed_c.build_program(env.context.build, env.dir)
    typed, hand, ratio = typed_c.count_ratio(program, gate, env.postgres)
    env.check(ratio <= LOAD_BESIDE_BY_HAND,
              f"{typed:.0f} instructions a row, {hand:.0f} by hand")
    return f"load: {typed:.0f} instructions a row, {hand:.0f} by hand"


def test_code_of_a_table(env):
    reached = typed_c.measure_code(env.context.build, env.dir)
    env.check(reached, f"more than {typed_c.CODE_BYTES_MAX} bytes")


def test_code_of_the_library(env):
    """No part grows unnoticed: its figure in docs/building.md goes with it."""
    if platform.machine() != "x86_64" or "clang" in env.run("cc", "--version").out:
        raise Skip("the figures are those of gcc on x86-64")
    for program, parts in typed_c.library_bytes(env.context.build, env.dir).items():
        for part, n in parts.items():
            most = typed_c.LIBRARY_BYTES_MAX[program][part]
            env.check(n.loaded <= most,
                      f"{program}, {part}: {n.code} bytes of code, {n.constants} of"
                      f" constants, more than {most}")


def is_unasked(name):
    """Of migrations, arrays, lists of keys, many rows at once or other SQL?"""
    return (typed_c.is_of_migrations(name) or name.endswith("_values.o")
            or name in (*typed_c.ARRAYS, *typed_c.LISTS, *typed_c.MANY, "stmt_use.o",
                        "row_again.o", "tx.o"))


def test_rows_link_only_what_they_use(env):
    """A program that only has rows links neither the runner nor what it needs of an
    engine; one without arrays none of what moves them, one without lists of keys or many
    rows at once nothing for those, and one without SQL of its own no access to
    statements.  What is called is linked, and what moves the types of the table."""
    programs = typed_c.members_of_rows(env.context.build, env.dir)
    unused = {"all": (), "usual": typed_c.OTHER_CALLS,
              "plain": (*typed_c.OTHER_CALLS, *typed_c.OTHER_TYPES)}
    for program, members in programs.items():
        for engine, names in members.items():
            found = {name for name in names
                     if is_unasked(name) or name in unused[program]}
            env.check(not found, f"{program} on {engine} has in it: {sorted(found)}")
    for engine, names in programs["all"].items():
        missing = {*typed_c.OTHER_CALLS, *typed_c.OTHER_TYPES}.difference(names)
        env.check(not missing, f"all on {engine} is without {sorted(missing)}")
