#!/usr/bin/env python3
"""The figures of the generated C: part of `make bench`.

Instructions beside those of a hand-written program (tests/bench/typed_c) in the same run,
counted by callgrind; seconds of the same work beside them, the shortest of several turns.
Then what generating costs for each table of many, and the bytes of code.  The exit code
is 1 where a gate is missed.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from runner.base import Failure, environment, temporary_folder  # noqa: E402
from runner.cost import instructions, run  # noqa: E402
from runner.large import tables, write  # noqa: E402
from runner.postgres import PostgresServer  # noqa: E402

HERE = ROOT / "tests/bench/typed_c"


@dataclass
class Gate:
    dialect: str
    work: str
    most: float  # instructions of generated code beside hand-written ones
    counted: int  # rows
    timed: int
    by_seconds: bool = False  # the server's work is what a load waits for


GATES = (
    Gate("sqlite", "insert", 1.10, 2_000, 200_000),
    Gate("sqlite", "get", 1.10, 2_000, 200_000),
    Gate("sqlite", "scan", 1.05, 2_000, 500_000),
    Gate("sqlite", "all", 1.25, 2_000, 500_000),
    Gate("postgres", "get", 1.05, 300, 20_000),
    Gate("postgres", "load", 1 / 0.80, 2_000, 300_000, True),
)
TURNS = 5
TABLES = (1_000, 5_000)
GENERATE_SECONDS_MAX = 2.0  # of a processor: what an idle machine takes
GENERATE_GROWTH_MAX = 1.10
CODE_BYTES_MAX = 600       # of a table, at -Os
# Of the library, code and constants of a program with rows that is linked with
# --gc-sections, all at -Os (gcc, x86-64): the figures that docs/building.md has, and 2 %
# for another compiler.  Wanted are 8 KiB for the core, 12 and 24 for the engines, and so
# 20 and 32 with one of them: gcc 12 keeps the first for rows of numbers and texts (8,186
# bytes), the others for each program.
LIBRARY_BYTES_WANTED = {"core": 8 * 1024, "sqlite": 12 * 1024, "postgres": 24 * 1024}
LIBRARY_BYTES_MAX = {
    "all": {"core": 13_520, "sqlite": 7_370, "postgres": 16_030},
    "usual": {"core": 11_130, "sqlite": 7_370, "postgres": 16_030},
    "plain": {"core": 8_350, "sqlite": 7_370, "postgres": 16_030},
}


# ---- beside the hand-written program ----

def build_program(build, folder):
    run([build / "schemac", "gen", "-q", "--out", folder / "code", HERE / "bench"])
    libpq = run(["pkg-config", "--cflags", "libpq"]).split()
    run(["cc", "-std=gnu11", "-O2", "-g", f"-I{ROOT}/src/runtime", f"-I{folder}/code",
         *libpq, "-o", folder / "typed", *sorted(HERE.glob("*.c")),
         *sorted((folder / "code").glob("*.c")), build / "libschemac.a", "-lpq",
         "-lsqlite3"])
    return folder / "typed"


def count_ratio(program, gate, place):
    """Instructions of both sides for each row, and the one beside the other."""
    each = {}
    for side in ("typed", "hand"):
        command = [program, place(), gate.work, side, gate.counted]
        each[side] = instructions(command, only="measured") / gate.counted
    return each["typed"], each["hand"], each["typed"] / each["hand"]


def time_ratio(program, gate, place):
    """Seconds of both, in turn: the shortest of each."""
    best = {}
    for _ in range(TURNS):
        for side in ("typed", "hand"):
            said = run([program, place(), gate.work, side, gate.timed])
            spent, _ = said.split()
            best[side] = min(best.get(side, 1e9), float(spent))
    return best["typed"], best["hand"]


def measure_work(program, places):
    print(f"{'work':16} {'gate':>5} {'instructions':>13} {'by hand':>8} {'ratio':>6}"
          f" {'ns/row':>8} {'by hand':>8} {'ratio':>6}")
    reached = True
    for gate in GATES:
        typed, hand, ratio = count_ratio(program, gate, places[gate.dialect])
        own, other = time_ratio(program, gate, places[gate.dialect])
        print(f"{gate.dialect + ' ' + gate.work:16} {gate.most:5.2f} {typed:13.0f}"
              f" {hand:8.0f} {ratio:6.3f} {own / gate.timed * 1e9:8.0f}"
              f" {other / gate.timed * 1e9:8.0f} {own / other:6.3f}", flush=True)
        reached = reached and (own / other if gate.by_seconds else ratio) <= gate.most
    return reached


# ---- generating ----

def seconds_of_processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def generate(build, folder, count):
    """(seconds of a processor, seconds, instructions)"""
    schema = folder / f"schema-{count}" / "large"
    schema.mkdir(parents=True)
    write(schema / "1.0.0.sql", tables(count))
    command = [build / "schemac", "gen", "-q", "--out", folder / f"code-{count}", schema]
    before, from_ = seconds_of_processor(), time.monotonic()
    run(command)
    spent = seconds_of_processor() - before
    return spent, time.monotonic() - from_, instructions(command)


def measure_generating(build, folder):
    first, reached = None, True
    for count in TABLES:
        spent, waited, counted = generate(build, folder, count)
        each = counted / count
        first = first or each
        print(f"generate {count} tables: {spent:.2f} s ({waited:.2f} s with the others on"
              f" this machine), {each:.0f} instructions a table", flush=True)
        reached = (reached and each <= GENERATE_GROWTH_MAX * first
                   and spent <= GENERATE_SECONDS_MAX)
    return reached


# ---- bytes ----

def text_bytes(objects):
    """Code and constants as `size` counts them: {object: bytes}"""
    lines = run(["size", *objects]).splitlines()[1:]
    return {line.split()[-1]: int(line.split()[0]) for line in lines}


@dataclass
class Bytes:
    """Of functions, of texts and tables, and of what unwinds a stack."""
    code: int = 0
    constants: int = 0
    unwinding: int = 0

    def add(self, section, count):
        if section.startswith(".text"):
            self.code += count
        elif section.startswith((".rodata", ".data")):
            self.constants += count
        elif section == ".eh_frame":
            self.unwinding += count

    @property
    def loaded(self):
        return self.code + self.constants


def total_of(counted):
    found = Bytes()
    for n in counted:
        found.code += n.code
        found.constants += n.constants
        found.unwinding += n.unwinding
    return found


def bytes_of(objects):
    found = Bytes()
    for line in run(["size", "-A", *objects]).splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[0].startswith("."):
            found.add(fields[0], int(fields[1]))
    return found


SECTIONS = ("-ffunction-sections", "-fdata-sections")


def compile_small(sources, folder, *flags):
    folder.mkdir()
    subprocess.run(["cc", "-std=c11", "-Os", "-c", *flags, *map(str, sources)],
                   cwd=folder, check=True, env=environment())
    return sorted(folder.glob("*.o"))


def measure_code(build, folder):
    """The tables of the dealer, which is the largest of the five systems.  Their
    functions are inline: each is counted as if a program called it from one place."""
    out = folder / "dealer"
    run([build / "schemac", "gen", "-q", "--out", out, ROOT / "schemas/dealer"])
    sources = [path for path in sorted(out.glob("*_*.c"))
               if not path.stem.startswith(("dealer_migrations", "dealer_enums"))]
    objects = compile_small(sources, folder / "small", f"-I{ROOT}/src/runtime",
                            f"-I{out}", "-fkeep-inline-functions")
    each = bytes_of(objects).code / len(objects)
    whole = sum(text_bytes(objects).values()) / len(objects)
    print(f"code of a table at -Os: {each:.0f} bytes ({whole:.0f} with its descriptors),"
          f" of {len(objects)}")
    return each <= CODE_BYTES_MAX


# Of one table: a row in, out, changed and gone, and all of them in turn.
USUAL = """\
#include "HEADER.h"

int
main(void)
{
    struct TABLE_cursor cursor;
    struct TABLE row;
    struct schemac_db *db;

    if (schemac_open("URL", &db) != SCHEMAC_OK
        || TABLE_insert(db, &row, MACRO_ALL) != SCHEMAC_OK
        || TABLE_get(db, 1, &row) != SCHEMAC_OK
        || TABLE_update(db, &row, MACRO_ALL) != SCHEMAC_OK
        || TABLE_delete(db, 1) != SCHEMAC_OK
        || TABLE_scan(db, &cursor) != SCHEMAC_OK)
        return 1;
    while (TABLE_next(&cursor) == SCHEMAC_ROW)
        continue;
    (void)TABLE_close(&cursor);
    schemac_close(db);
    return 0;
}
"""

# The same, and all else that a table has but lists and many rows at once.
ALL_CALLS = """\
#include "HEADER.h"

int
main(void)
{
    struct schemac_arena arena = { 0 };
    struct TABLE_cursor cursor;
    struct TABLE *rows;
    struct TABLE row;
    struct schemac_db *db;
    int64_t count;
    size_t n;
    bool is;

    if (schemac_open("URL", &db) != SCHEMAC_OK
        || TABLE_insert(db, &row, MACRO_ALL) != SCHEMAC_OK
        || TABLE_get(db, 1, &row) != SCHEMAC_OK
        || TABLE_exists(db, 1, &is) != SCHEMAC_OK
        || TABLE_count(db, &count) != SCHEMAC_OK
        || TABLE_update(db, &row, MACRO_ALL) != SCHEMAC_OK
        || TABLE_upsert_by_code(db, &row, MACRO_ALL) != SCHEMAC_OK
        || TABLE_delete(db, 1) != SCHEMAC_OK
        || TABLE_by_parent_id(db, 1, &cursor) != SCHEMAC_OK
        || TABLE_by_id_range(db, NULL, NULL, SCHEMAC_ASCENDING, &cursor) != SCHEMAC_OK
        || TABLE_all(db, &arena, &rows, &n) != SCHEMAC_OK
        || TABLE_scan(db, &cursor) != SCHEMAC_OK)
        return 1;
    while (TABLE_next(&cursor) == SCHEMAC_ROW)
        continue;
    (void)TABLE_close(&cursor);
    schemac_close(db);
    return 0;
}
"""


PROGRAMS = {
    "all": (ALL_CALLS, "usual_things"),  # that has a column of each usual type
    "usual": (USUAL, "usual_things"),
    "plain": (USUAL, "usual_plain"),     # that has numbers and texts
}


# " .text.f  0x…address  0x…bytes  lib.a(object.o)", on two lines where the name is long.
MAPPED = re.compile(r"^ (\.[\w.$-]+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) \S*\((\w+\.o)\)$",
                    re.MULTILINE)


def linked_sections(program, library, folder, *flags):
    """What a program has in it of a static library: {object: Bytes}."""
    chart = folder / f"{program.stem}.map"
    run(["cc", "-Os", *SECTIONS, *flags, program, library, "-Wl,--gc-sections",
         f"-Wl,-Map={chart}", "-o", folder / program.stem, "-lpq", "-lsqlite3"])
    _, _, linked = chart.read_text().partition("Linker script and memory map")
    found = {}
    for section, address, count, name in MAPPED.findall(linked):
        if int(address, 16) != 0:  # the others were thrown away
            found.setdefault(name, Bytes()).add(section, int(count, 16))
    return {name: n for name, n in found.items() if n.loaded > 0}


ENGINES = {"sqlite": "sqlite::memory:", "postgres": "postgresql://"}
# Of the runner, and of what it asks an engine for.
MIGRATIONS = ("migrate.o", "state.o", "steps.o", "guard.o", "journal.o", "history.o",
              "digest.o", "kept.o", "apply.o", "transact.o", "expressions.o",
              "row_schema.o")


# Of tables with columns of arrays.
ARRAYS = ("row_items.o", "sqlite_array.o", "sqlite_json.o", "postgres_array.o",
          "postgres_wire_array.o")
# Of programs that ask by lists of keys, and of those that insert many rows at once.
LISTS = ("row_list.o", "sqlite_list.o", "postgres_list.o")
MANY = ("row_many.o", "postgres_bulk.o", "postgres_columns.o")
# Of what a usual program does not call, and of what a table of numbers and texts has not.
OTHER_CALLS = ("row_all.o", "row_count.o", "row_cursor_key.o", "row_cursor_range.o",
               "row_upsert.o")
OTHER_TYPES = ("codec_moment.o", "codec_uuid.o")


def is_of_migrations(name):
    return name in MIGRATIONS or name.endswith(("_ddl.o", "_objects.o",
                                                "_expressions.o"))


def objects_of(engine, folder):
    """Of the library for one engine, small."""
    other = next(name for name in ENGINES if name != engine)
    return [path for path in sorted((folder / "library").glob("*.o"))
            if other not in path.name and not path.name.startswith("drivers_all")]


def write_program(source, table, url, path):
    words = {"HEADER": table, "TABLE": table, "MACRO": table.upper(), "URL": url}
    path.write_text(re.sub("HEADER|TABLE|MACRO|URL", lambda m: words[m[0]], source))
    return path


def members_of_rows(build, folder):
    """{program: {engine: {object that it has in it: Bytes}}}, of programs with rows and
    no migrations."""
    libpq = run(["pkg-config", "--cflags", "libpq"]).split()
    compile_small(sorted((ROOT / "src/runtime").glob("*.c")), folder / "library",
                  f"-I{ROOT}/src", "-fPIC", "-fvisibility=hidden", *SECTIONS, *libpq)
    code, members = folder / "rows", {}
    run([build / "schemac", "gen", "-q", "--out", code, HERE / "usual"])
    for engine, url in ENGINES.items():
        library = folder / f"lib{engine}.a"
        run(["ar", "rcs", library, *objects_of(engine, folder)])
        for name, (source, table) in PROGRAMS.items():
            program = write_program(source, table, url, folder / f"{name}_{engine}.c")
            members.setdefault(name, {})[engine] = linked_sections(
                program, library, folder, f"-I{ROOT}/src/runtime", f"-I{code}",
                code / f"{table}.c", code / "usual_enums.c")
    return members


def library_bytes(build, folder):
    """{program: {"core", "sqlite", "postgres": Bytes}} of what is linked.  The core is
    what a program has with one engine or the other, whichever has more."""
    found = {}
    for program, members in members_of_rows(build, folder).items():
        parts = found[program] = {"core": Bytes()}
        for engine, objects in members.items():
            parts[engine] = total_of(n for name, n in objects.items() if engine in name)
            core = total_of(n for name, n in objects.items() if engine not in name)
            parts["core"] = max(parts["core"], core, key=lambda n: n.loaded)
    return found


def measure_library(build, folder):
    """Does each part keep its figure?  Beside it stands what was wanted."""
    reached = True
    for program, parts in library_bytes(build, folder).items():
        for part, n in parts.items():
            print(f"library at -Os, program {program}, {part}: {n.loaded} bytes, {n.code}"
                  f" of code and {n.constants} of constants (wanted"
                  f" {LIBRARY_BYTES_WANTED[part]}), beside {n.unwinding} for unwinding",
                  flush=True)
            reached = reached and n.loaded <= LIBRARY_BYTES_MAX[program][part]
        for engine in ENGINES:
            total = parts["core"].loaded + parts[engine].loaded
            wanted = LIBRARY_BYTES_WANTED["core"] + LIBRARY_BYTES_WANTED[engine]
            print(f"library at -Os, program {program}, with {engine}: {total} bytes"
                  f" (wanted {wanted})")
            reached = reached and total <= wanted
    for engine in ENGINES:
        whole = sum(text_bytes(objects_of(engine, folder)).values())
        print(f"library at -Os, the whole of schemac-{engine}: {whole} bytes")
    return reached


def measure(build, folder):
    server = PostgresServer(folder / "server")
    places = {"sqlite": lambda: "sqlite::memory:", "postgres": server.database}
    try:
        reached = measure_work(build_program(build, folder), places)
    finally:
        server.stop()
    for measured in (measure_generating(build, folder), measure_code(build, folder),
                     measure_library(build, folder)):
        reached = reached and measured
    return reached


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="build folder (default: build)")
    build = (ROOT / parser.parse_args().build).resolve()
    folder = temporary_folder("schemac-typed-")
    try:
        reached = measure(build, folder)
    finally:
        shutil.rmtree(folder)
    print("typed: " + ("reached" if reached else "NOT REACHED"))
    return 0 if reached else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as e:
        sys.exit(str(e))
