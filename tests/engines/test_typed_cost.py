"""Generated code beside a hand-written program, by the instructions of both in one run;
`make bench` has more rows, the seconds and the other gates."""

from bench import typed_c
from runner.engines import params

# Two are above their gates: what stands must not grow.
STANDS = {("sqlite", "scan"): 1.16, ("postgres", "get"): 1.22}


@params(*((gate.dialect, gate.work) for gate in typed_c.GATES
          if not gate.by_seconds))
def test_beside_by_hand(env, dialect, work):
    gate = next(g for g in typed_c.GATES if (g.dialect, g.work) == (dialect, work))
    place = env.postgres if dialect == "postgres" else lambda: "sqlite::memory:"
    program = typed_c.build_program(env.context.build, env.dir)
    typed, hand, ratio = typed_c.count_ratio(program, gate, place)
    most = STANDS.get((dialect, work), gate.most)
    env.check(ratio <= most, f"{typed:.0f} instructions a row, {hand:.0f} by hand")
    return f"{dialect} {work}: {ratio:.3f} times the instructions of code by hand"
