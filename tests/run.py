#!/usr/bin/env python3
"""Run the test suites and count.

    python3 tests/run.py                    everything
    python3 tests/run.py cases/diff rename  the tests whose name contains one of the words
    python3 tests/run.py -u cases/print     write the expected output anew; read git diff
    SCHEMAC=path python3 tests/run.py       test another program

Suites: unit, cases, bugs, mistakes, corpus, engines, property, demo.  The last line is
`N passed, N failed, N skipped`; the exit code is 1 when something failed.
"""

import argparse
import os
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from runner import cases, corpus, demo, engines, mistakes, properties, unit
from runner.base import FAILED, PASSED, SKIPPED, Context, run_job, temporary_folder
from runner.postgres import PostgresServer

ROOT = Path(__file__).resolve().parent.parent
SUITES = (unit, cases, mistakes, corpus, engines, properties, demo)
SLOW_SECONDS = 20  # such tests are named at the end: nobody wonders where time goes


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only tests whose name contains one")
    parser.add_argument("-u", "--update", action="store_true", help="rewrite the goldens")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-l", "--list", action="store_true", help="name the tests only")
    parser.add_argument("-v", "--verbose", action="store_true", help="name every test")
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    return parser.parse_args()


def make_context(options, folder):
    build = (ROOT / options.build).resolve()
    program = Path(os.environ.get("SCHEMAC") or build / "schemac").resolve()
    if not program.is_file():
        sys.exit(f"run.py: there is no {program}: run `make` first")
    return Context(root=ROOT, build=build, program=program, update=options.update,
                   folder=folder, postgres=PostgresServer(folder / "postgres"))


def selected(context, words):
    jobs = [job for suite in SUITES for job in suite.jobs(context)]
    return [j for j in jobs if not words or any(w in j.name for w in words)]


def report(result, verbose):
    if result.state == FAILED:
        print(f"FAIL {result.name}\n{indented(result.detail)}", flush=True)
    elif result.state == SKIPPED:
        print(f"SKIP {result.name}: {result.detail}", flush=True)
    elif verbose:
        print(f"pass {result.name} ({result.seconds:.1f} s)", flush=True)


def indented(text):
    return "\n".join("    " + line for line in text.rstrip().splitlines())


def run_all(context, jobs, options):
    """Results in the order in which they come; failures are shown at once."""
    results = []
    with ThreadPoolExecutor(max_workers=options.jobs) as pool:
        futures = [pool.submit(run_job, job, context) for job in jobs]
        try:
            for future in as_completed(futures):
                for result in future.result():
                    report(result, options.verbose)
                    results.append(result)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            # Inside the pool, because the server dies with the thread that started it.
            context.postgres.stop()
    return results


def summary(results, seconds):
    for suite in sorted({r.name.split("/")[0] for r in results}):
        of = [r for r in results if r.name.split("/")[0] == suite]
        print(f"{suite}: {count(of, PASSED)} passed, {count(of, FAILED)} failed, "
              f"{count(of, SKIPPED)} skipped")
    for r in sorted(results, key=lambda r: r.name):
        if r.seconds > SLOW_SECONDS:
            print(f"slow: {r.name} took {r.seconds:.0f} s")
    for r in sorted(results, key=lambda r: r.name):
        if r.state == PASSED and r.detail:
            print(f"figure: {r.name}: {r.detail}")
    for r in sorted(results, key=lambda r: r.name):
        if r.state == SKIPPED:
            print(f"SKIPPED {r.name}: {r.detail}")
    for r in sorted(results, key=lambda r: r.name):
        if r.state == FAILED:
            print(f"FAILED {r.name}")
    print(f"in {seconds:.0f} seconds")
    print(f"{count(results, PASSED)} passed, {count(results, FAILED)} failed, "
          f"{count(results, SKIPPED)} skipped")


def count(results, state):
    return sum(r.state == state for r in results)


def main():
    options = arguments()
    # A terminated run cleans up like a finished one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = temporary_folder("schemac-tests-")
    started = time.monotonic()
    try:
        context = make_context(options, folder)
        jobs = selected(context, options.words)
        if options.list:
            print("\n".join(job.name for job in jobs))
            return 0
        results = run_all(context, jobs, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if not results:
        sys.exit("run.py: no test has such a name")
    summary(results, time.monotonic() - started)
    return 1 if count(results, FAILED) else 0


if __name__ == "__main__":
    sys.exit(main())
