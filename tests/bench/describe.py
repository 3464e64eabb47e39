#!/usr/bin/env python3
"""`describe` of large databases beside `pg_dump -s` of the same ones, in one run.

    python3 tests/bench/describe.py [--build build]

Each is run several times in turn, and its shortest time counts: what else the machine
does makes a time longer, never shorter.  The exit code is 1 where a gate is missed.
"""

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from runner.base import execute  # noqa: E402
from runner.postgres import PostgresServer, find_program  # noqa: E402

TURNS = 5
SHARE_MAX = 1.0        # describe of 1,000 tables beside pg_dump -s
GROWTH_MAX = 25.0      # 10,000 tables beside 1,000
QUERIES_MAX = 250      # where a server has not the locks for so many views, else the same

TABLE = """
CREATE TABLE t{n} (
    id serial PRIMARY KEY, name text NOT NULL DEFAULT 'x',
    parent integer REFERENCES t{parent}, amount numeric(9,2) CHECK (amount > 0),
    made timestamptz DEFAULT now(), UNIQUE (name, amount)
);
CREATE INDEX ON t{n} (lower(name));
CREATE VIEW v{n} AS SELECT id, name FROM t{n} WHERE amount > 1;
COMMENT ON TABLE t{n} IS 'table {n}';
"""


def make_tables(server, folder, count):
    url = server.database()
    script = folder / f"{count}.sql"
    script.write_text("".join(TABLE.format(n=n, parent=max(n - 1, 0))
                              for n in range(count)))
    run(folder, find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url,
        "-f", script)
    run(folder, find_program("psql"), "-X", "-q", "-d", url, "-c", "ANALYZE")
    return url


def run(folder, *command, env=None):
    done = execute(command, cwd=folder, env=env)
    if done.code != 0:
        sys.exit(done.story()[-2000:])
    return done


def seconds(folder, *command):
    began = time.monotonic()
    run(folder, *command)
    return time.monotonic() - began


def shortest(folder, *commands):
    """Of each command; they take turns, so that the same neighbours disturb them."""
    times = [[seconds(folder, *command) for command in commands] for _ in range(TURNS)]
    return [min(of) for of in zip(*times)]


def count_queries(server, folder, program, url):
    before = len((server.folder / "log").read_text())
    run(folder, program, "describe", url, env={"PGOPTIONS": "-c log_statement=all"})
    said = (server.folder / "log").read_text()[before:]
    asked = len(re.findall(r"LOG:  (?:statement|execute <unnamed>): ", said))
    state = said.count("hashtextextended")  # asked only where the server wrote meanwhile
    return asked - (state + 2 if state else 0)


def measure(server, folder, program):
    small, large, huge = (make_tables(server, folder, n) for n in (10, 1000, 10_000))
    counts = [count_queries(server, folder, program, url) for url in (small, large, huge)]
    print("queries for 10, 1,000 and 10,000 tables:", *counts)
    ours, theirs = shortest(folder, (program, "describe", large),
                            (find_program("pg_dump"), "-s", "-d", large))
    print(f"1,000 tables: describe {ours:.2f} s, pg_dump -s {theirs:.2f} s: "
          f"{ours / theirs:.2f} times")
    most = seconds(folder, program, "describe", huge)
    print(f"10,000 tables: describe {most:.2f} s, {most / ours:.1f} times 1,000")
    return (counts[0] == counts[1] and counts[2] <= QUERIES_MAX
            and ours <= SHARE_MAX * theirs and most <= GROWTH_MAX * ours)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    program = (ROOT / parser.parse_args().build / "schemac").resolve()
    with tempfile.TemporaryDirectory(prefix="schemac-describe-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = PostgresServer(folder / "postgres")
        try:
            reached = measure(server, folder, program)
        finally:
            server.stop()
    print("describe: " + ("reached" if reached else "NOT REACHED"))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
