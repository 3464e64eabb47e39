"""Suite `property`: random migrations on SQLite with fixed seeds; see tests/property."""

from property.pair import READER, Tools, load_reader, prove, random_pair

from .base import FAILED, PASSED, SKIPPED, Failure, Job, Result, shared_folder

PAIRS = 60
PAIRS_PER_JOB = 10


def jobs(context):
    del context
    chunks = [Job(f"property/{first}", chunk_runner(range(first, first + PAIRS_PER_JOB)))
              for first in range(0, PAIRS, PAIRS_PER_JOB)]
    return chunks + [Job("property/outside-reader", name_reader)]


def name_reader(context):
    """Each pair is seen by the outside reader too, where it is there."""
    if not (shared_folder(context.root) / READER).is_file():
        return [Result("property/outside-reader", SKIPPED,
                       f"../shared/{READER} is absent")]
    return None


def chunk_runner(seeds):
    def run(context):
        tools = Tools(context.program, load_reader(shared_folder(context.root) / READER))
        return [run_seed(context, tools, seed) for seed in seeds]
    return run


def run_seed(context, tools, seed):
    name = f"property/{seed}"
    try:
        prove(tools, random_pair(seed), context.scratch(name))
    except Failure as e:
        again = f"make it small with: python3 tests/property/prove.py {seed} --keep DIR"
        return Result(name, FAILED, f"{again}\n{e}")
    return Result(name, PASSED)
