#!/usr/bin/env python3
"""The figures of the reader: `make bench-reader`.

The three largest PostgreSQL files of the corpus that both parsers accept are read by
ours and by PostgreSQL's own raw parser (libpg_query), in turns, in one process; then
instructions are counted, and the cost of a table among few and among many.  Memory is
that of a check, beside one of an empty file.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from runner.corpus import shared_folder  # noqa: E402
from runner.cost import instructions, memory_per_byte, write_tables  # noqa: E402

FILES = 3
ROUNDS = 30
TABLES = (100, 1_000, 10_000, 100_000)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    return parser.parse_args()


def ask(command):
    """Lines "name value" of the bench's program; None where it failed."""
    done = subprocess.run([str(c) for c in command], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode != 0:
        return None
    lines = map(str.split, done.stdout.splitlines())
    return {name: float(value) for name, value in lines}


def largest(corpus):
    with open(corpus / "INDEX.tsv", encoding="utf-8") as file:
        listed = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = [row for row in listed
                if row["dialect"] == "pg" and row["path"].endswith(".sql")]
    rows.sort(key=lambda row: int(row["bytes"]), reverse=True)
    return [corpus / row["path"] for row in rows]


def show_files(reader, corpus):
    print(f"{'MB/s':>44} {'':12} {'instr./byte':>11} {'':12}  check  memory")
    print(f"{'file':35} {'parse':>8} {'PostgreSQL':>12} {'parse':>11} {'PostgreSQL':>12}"
          f"  /parse  B/B")
    shown = 0
    for path in largest(corpus):
        seconds = ask([reader, "times", path, ROUNDS])
        if seconds is None:  # one of the two refuses it
            continue
        size = path.stat().st_size
        memory = memory_per_byte([reader, "check"], path)
        counted = {work: instructions([reader, work, path], only=f"bench_{work}")
                   for work in ("parse", "raw", "check")}
        print(f"{str(path.relative_to(corpus)):35} {size / seconds['parse'] / 1e6:8.1f}"
              f" {size / seconds['raw'] / 1e6:12.1f} {counted['parse'] / size:11.1f}"
              f" {counted['raw'] / size:12.1f} {counted['check'] / counted['parse']:7.2f}"
              f" {memory:6.1f}")
        shown += 1
        if shown == FILES:
            return


def show_tables(reader, folder):
    print(f"\n{'tables':>8} {'MB':>7} {'parse MB/s':>11} {'PostgreSQL':>11}"
          f" {'instr./table':>13} {'memory B/B':>11}")
    for count in TABLES:
        path = write_tables(Path(folder) / f"{count}.sql", count)
        size = path.stat().st_size
        seconds = ask([reader, "times", path, 3 if count > 1000 else ROUNDS])
        memory = memory_per_byte([reader, "check"], path)
        each = instructions([reader, "check", path], only="bench_check") / count
        print(f"{count:8} {size / 1e6:7.1f} {size / seconds['parse'] / 1e6:11.1f}"
              f" {size / seconds['raw'] / 1e6:11.1f} {each:13.0f} {memory:11.1f}")


def main():
    reader = Path(arguments().build).resolve() / "tests/bench/reader"
    corpus = shared_folder(ROOT) / "corpus"
    if corpus.is_dir():
        show_files(reader, corpus)
    else:
        print(f"skipped: there is no corpus at {corpus}")
    with tempfile.TemporaryDirectory() as folder:
        show_tables(reader, folder)


if __name__ == "__main__":
    main()
