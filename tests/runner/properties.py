"""Suite `property`: random migrations with fixed seeds; see tests/property."""

from property import pair, server_pair

from .base import FAILED, PASSED, SKIPPED, Failure, Job, Result, shared_folder
from .outside import load_reader

PAIRS = {"sqlite": 300, "postgres": 60}
PAIRS_PER_JOB = 10


def jobs(context):
    del context
    found = [Job("property/outside-reader", name_readers)]
    for dialect, count in PAIRS.items():
        found += [Job(f"property/{dialect}/{first}",
                      chunk_runner(dialect, range(first, first + PAIRS_PER_JOB)))
                  for first in range(0, count, PAIRS_PER_JOB)]
    return found


def name_readers(context):
    """Each pair is seen by the outside reader too, where it is there."""
    absent = [path for path in (pair.READER, server_pair.READER)
              if not (shared_folder(context.root) / path).is_file()]
    if absent:
        return [Result("property/outside-reader", SKIPPED,
                       f"../shared/{', '.join(absent)} is absent")]
    return None


def chunk_runner(dialect, seeds):
    def run(context):
        prove = prover(dialect, context.program, shared_folder(context.root),
                       context.postgres)
        return [run_seed(context, prove, dialect, seed) for seed in seeds]
    return run


def prover(dialect, program, shared, server):
    """A function of a seed and an empty folder."""
    if dialect == "sqlite":
        tools = pair.Tools(program, load_reader(shared / pair.READER))
        return lambda seed, folder: pair.prove(tools, pair.random_pair(seed), folder)
    reader = load_reader(shared / server_pair.READER)
    server.environment()  # starts it, or tells why it cannot be had
    tools = server_pair.Tools(program, reader, server)
    return lambda seed, folder: server_pair.prove(
        tools, server_pair.random_story(seed), folder)


def run_seed(context, prove, dialect, seed):
    name = f"property/{dialect}/{seed}"
    try:
        prove(seed, context.scratch(name))
    except Failure as e:
        again = (f"alone: python3 tests/property/prove.py --dialect {dialect} {seed} "
                 "--keep DIR")
        return Result(name, FAILED, f"{again}\n{e}")
    return Result(name, PASSED)
