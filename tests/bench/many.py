#!/usr/bin/env python3
"""Many rows at once, in and out: part of `make bench`.

Microseconds a row of each way that there is (tests/bench/many/many.c), the quickest of
several turns: insert_many beside one insert after the other, an array per column, and
load; a list of keys beside one key after the other, and JSON.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from runner.base import Failure  # noqa: E402
from runner.cost import run  # noqa: E402
from runner.postgres import PostgresServer  # noqa: E402

HERE = ROOT / "tests/bench/many"
WAYS = {"postgres": ("each", "many", "array", "load", "get", "list"),
        "sqlite": ("each", "many", "load", "get", "list", "json")}
ROWS = (1, 4, 10, 30, 100, 300, 1_000, 10_000)
TURNS = (5, 200)  # at least, at most
ROWS_OF_ALL_TURNS = 10_000


def build_program(build, folder):
    run([build / "schemac", "gen", "-q", "--out", folder / "code", HERE / "many"])
    libpq = run(["pkg-config", "--cflags", "libpq"]).split()
    run(["cc", "-std=gnu11", "-O2", f"-I{ROOT}/src/runtime", f"-I{folder}/code", *libpq,
         "-o", folder / "app", HERE / "many.c", *sorted((folder / "code").glob("*.c")),
         build / "libschemac.a", "-lpq", "-lsqlite3"])
    return folder / "app"


def measure(program, place, engine):
    print(f"{engine:10}" + "".join(f"{way:>9}" for way in WAYS[engine]) + "  µs a row")
    for rows in ROWS:
        turns = min(max(ROWS_OF_ALL_TURNS // rows, TURNS[0]), TURNS[1])
        spent = [float(run([program, place(), way, rows, turns]))
                 for way in WAYS[engine]]
        print(f"{rows:10}" + "".join(f"{each:9.2f}" for each in spent), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    build = (ROOT / parser.parse_args().build).resolve()
    with tempfile.TemporaryDirectory(prefix="schemac-many-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)  # the server runs as somebody else
        program = build_program(build, folder)
        server = PostgresServer(folder / "server")
        try:
            measure(program, server.database, "postgres")
        finally:
            server.stop()
        measure(program, lambda: "sqlite::memory:", "sqlite")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as e:
        sys.exit(str(e))
