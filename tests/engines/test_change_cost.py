"""Comparing two schemas and planning the way costs less than reading them, and so much
for each table, however many there are; `make bench` says how much for 10,000."""

from runner.engines import params
from runner.cost import inclusive, instructions
from runner.large import write_pair

PLAN_PER_PARSE_MAX = 1.0   # compare and plan beside lexing and parsing both files
WHOLE_PER_PARSE_MAX = 3.3  # the command: reading, binding, lowering and printing as well
LINEAR_SHARE = 0.06        # sorting by name is n log n
PAIR_MAX = 75e6            # instructions: less than 25 ms of a processor of today
LARGEST_PAIR = ("sqlite", "strawberry/sqlite/2026-04-22-5cc45f43.sql",
                "strawberry/sqlite/2026-06-16-729061b5.sql")

# The way back, too: what is added one way is dropped the other.
WAYS = (("postgres", "--offline"), ("postgres", "--online"), ("postgres", "--down"),
        ("sqlite", "--offline"), ("sqlite", "--down"))


def command(env, dialect, option, pair):
    return [env.context.program, "diff", "-q", "--allow", "all", "--dialect", dialect,
            option, *pair]


@params(*WAYS)
def test_beside_parse_and_linear(env, dialect, option):
    few, many = (inclusive(env.dir, command(env, dialect, option,
                                            write_pair(env.dir, count)),
                           "parse_source", "plan_make") for count in (500, 1000))
    whole, plan = many[0] / many[1], many[2] / many[1]
    env.check(plan <= PLAN_PER_PARSE_MAX,
              f"comparing and planning costs {plan:.2f} times the parse")
    env.check(whole <= WHOLE_PER_PARSE_MAX, f"diff costs {whole:.2f} times the parse")
    env.check(abs(many[2] / few[2] / 2 - 1) <= LINEAR_SHARE,
              f"{few[2] / 500:.0f} instructions for each of 500 tables,"
              f" {many[2] / 1000:.0f} of 1,000")
    return (f"diff {dialect} {option}: plan {plan:.2f}, all {whole:.2f} times the parse,"
            f" growth {many[2] / few[2]:.2f}")


def test_largest_pair_of_the_corpus(env):
    dialect, *ends = LARGEST_PAIR
    pair = [env.shared("corpus") / end for end in ends]
    spent = instructions(command(env, dialect, "--offline", pair))
    env.check(spent <= PAIR_MAX, f"{spent:,} instructions")
