"""Reading costs so much for each table, however many there are; `make bench-reader` says
how much, beside PostgreSQL's own parser."""

from runner.cost import instructions, memory_per_byte, write_tables

BYTES_PER_BYTE_MAX = 25     # memory of a check for each byte that it reads
PARSE_PER_BYTE_MAX = 130    # instructions; PostgreSQL's own parser takes 117
CHECK_PER_PARSE_MAX = 1.6   # a check beside lexing and parsing alone
LINEAR_SHARE = 0.10         # a table among many costs what one among few does


def cost_of_check(env, count):
    path = write_tables(env.dir / f"{count}.sql", count)
    return instructions([env.context.program, "check", path])


def test_linear(env):
    empty = cost_of_check(env, 0)
    few = (cost_of_check(env, 100) - empty) / 100
    many = (cost_of_check(env, 10_000) - empty) / 10_000
    env.check(abs(many / few - 1) <= LINEAR_SHARE,
              f"{few:.0f} instructions for each of 100 tables, {many:.0f} of 10,000")


def test_check_beside_parse(env):
    path = write_tables(env.dir / "a.sql", 1000)
    command = [env.context.program, "check", path]
    share = instructions(command) / instructions(command, only="parse_source")
    env.check(share <= CHECK_PER_PARSE_MAX, f"check costs {share:.2f} times the parse")


def test_parse(env):
    path = write_tables(env.dir / "a.sql", 1000)
    command = [env.context.program, "check", path]
    each = instructions(command, only="parse_source") / path.stat().st_size
    env.check(each <= PARSE_PER_BYTE_MAX, f"{each:.0f} instructions for each byte")


def test_memory(env):
    for count in (100, 10_000):
        path = write_tables(env.dir / f"{count}.sql", count)
        each = memory_per_byte([env.context.program, "check"], path)
        env.check(each <= BYTES_PER_BYTE_MAX, f"{count} tables: {each:.1f} for each byte")
