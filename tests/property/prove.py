#!/usr/bin/env python3
"""Prove the properties of many random migrations.

    python3 tests/property/prove.py             10000 pairs from a seed of the clock
    python3 tests/property/prove.py 7           seed 7 alone
    python3 tests/property/prove.py 1000 3000   seeds 1000 to 2999
    ... --dialect postgres                      on a private server; 1000 of them
    ... --sqlite 3.54                           schemac and the tests run that SQLite
    ... --keep DIR                              the files of failing seeds stay in DIR

A failing seed prints itself, what went wrong and the declarations; a line now and then
says how far it is, so that a run that is stopped can be gone on with.  The last line
counts; the exit code is 1 when a seed failed.
"""

import argparse
import os
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from property.pair import READER, Tools, prove, random_pair  # noqa: E402
from property.shrink import shrink  # noqa: E402
from runner import newer_sqlite  # noqa: E402
from runner.base import Failure, Skip, shared_folder, temporary_folder  # noqa: E402
from runner.outside import load_reader  # noqa: E402
from runner.postgres import PostgresServer  # noqa: E402
from runner.properties import prover  # noqa: E402

PAIRS = {"sqlite": 10000, "postgres": 1000}
TOLD_EVERY = 100  # seeds


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", nargs="*", type=int,
                        help="the first, and one past the last")
    parser.add_argument("--dialect", choices=list(PAIRS), default="sqlite")
    parser.add_argument("--sqlite", choices=list(newer_sqlite.SOURCES))
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    options = parser.parse_args()
    if len(options.seeds) > 2:
        parser.error("one seed, or the first and one past the last")
    return options


def run_with(version, build):
    """The linker asks for its library when a program begins: so this one begins again."""
    if version is None or sqlite3.sqlite_version.startswith(version + "."):
        return
    try:
        folder = newer_sqlite.library(SimpleNamespace(build=ROOT / build), version)
    except Skip as e:
        sys.exit(f"prove.py: {e}")
    os.environ.update(newer_sqlite.environment(folder))
    os.execv(sys.executable, [sys.executable, *sys.argv])


def seeds_of(options):
    if len(options.seeds) == 2:
        return range(*options.seeds)
    if options.seeds:
        return range(options.seeds[0], options.seeds[0] + 1)
    first = int(time.time()) * 10000
    return range(first, first + PAIRS[options.dialect])


def make_tools(options):
    program = Path(os.environ.get("SCHEMAC") or ROOT / options.build / "schemac")
    reader = shared_folder(ROOT) / READER
    if not reader.is_file():
        print(f"SKIPPED the outside reader: ../shared/{READER} is absent")
    return Tools(program.resolve(), load_reader(reader))


def try_seed(tools, seed, folder, keep):
    """How the seed ended; a pair that fails is made as small as it can be and shown."""
    mine = folder / f"seed-{seed}"
    declared = random_pair(seed)
    try:
        return prove(tools, declared, mine)
    except Failure as e:
        smallest, story = shrink(tools, declared, str(e), folder / f"small-{seed}")
        print(f"FAIL seed {seed}: {story}", flush=True)
        if keep:
            keep_pair(tools, smallest, keep / mine.name)
        return "failed"
    except Exception:  # of the tests themselves: the other seeds go on
        print(f"FAIL seed {seed}: {traceback.format_exc()}", flush=True)
        return "failed"
    finally:
        shutil.rmtree(mine, ignore_errors=True)


def keep_pair(tools, declared, folder):
    """Its declarations and databases, where they were when it failed."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        prove(tools, declared, folder)
    except Failure as e:
        (folder / "story.txt").write_text(str(e))


def try_story(prove_seed, seed, folder, keep):
    """How the seed ended on the server."""
    mine = folder / f"seed-{seed}"
    try:
        return prove_seed(seed, mine)
    except Failure as e:
        print(f"FAIL seed {seed}: {e}", flush=True)
        if keep:
            shutil.copytree(mine, keep / mine.name, dirs_exist_ok=True)
        return "failed"
    except Exception:
        print(f"FAIL seed {seed}: {traceback.format_exc()}", flush=True)
        return "failed"
    finally:
        shutil.rmtree(mine, ignore_errors=True)


def trier(options, folder, server):
    """A function of a seed that says how it ended."""
    if options.dialect == "sqlite":
        tools = make_tools(options)
        return lambda seed: try_seed(tools, seed, folder, options.keep)
    program = Path(os.environ.get("SCHEMAC") or ROOT / options.build / "schemac")
    prove_seed = prover("postgres", program.resolve(), shared_folder(ROOT), server)
    return lambda seed: try_story(prove_seed, seed, folder, options.keep)


class Worker:
    """A process of its own: half of the time of a seed is Python's.  It is forked with
    what is the same for all of them, and names databases as nobody else does."""
    try_seed = None

    @classmethod
    def begin(cls, server):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        server.prefix = f"test_{os.getpid()}"

    @classmethod
    def run(cls, seed):
        return cls.try_seed(seed)


def run_all(options, seeds, folder, server):
    """{how seeds ended: how many}"""
    counts = dict.fromkeys(("moved", "refused", "failed"), 0)
    Worker.try_seed = trier(options, folder, server)
    # It ends its processes when it is left, by an exception, too.
    with get_context("fork").Pool(options.jobs, Worker.begin, (server,)) as pool:
        for done, end in enumerate(pool.imap(Worker.run, seeds, chunksize=5), 1):
            counts[end] += 1
            if done % TOLD_EVERY == 0:
                print(f"up to {seeds[done - 1]}: {said(counts)}", flush=True)
    return counts


def said(counts):
    return ", ".join(f"{n} {end}" for end, n in counts.items())


def main():
    options = arguments()
    run_with(options.sqlite, options.build)
    # A terminated run cleans up like a finished one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    seeds = seeds_of(options)
    print(f"seeds {seeds.start} to {seeds.stop - 1}, SQLite {sqlite3.sqlite_version}",
          flush=True)
    folder = temporary_folder("schemac-prove-")
    server = PostgresServer(folder / "postgres")
    try:
        counts = run_all(options, seeds, folder, server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(said(counts))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
