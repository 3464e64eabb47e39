"""Generated code beside a hand-written program, by the instructions of both in one run;
`make bench` has more rows, the seconds and the other gates."""

import os

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


def test_rows_link_only_what_they_use(env):
    """A program that only has rows links neither the runner nor what it needs of an
    engine; one without arrays none of what moves them, one without lists of keys nothing
    for those, and one without SQL of its own no access to statements."""
    for engine, names in typed_c.members_of_rows(env.context.build, env.dir).items():
        found = {name for name in names if typed_c.is_of_migrations(name)
                 or name in typed_c.ARRAYS or name in typed_c.LISTS
                 or name == "stmt_use.o"}
        env.check(not found, f"rows on {engine} have in them: {sorted(found)}")
