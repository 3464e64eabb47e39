"""Generated C of what others have declared: it compiles without a warning, and rows with
the edges of every type come back from both engines as they went in.

A file becomes a folder of one version, the schema `corpus`.  Its code is made for both
engines, or for the one that it is written for where the other has no such thing.  One
program (typed/round_trip.c) makes rows for any schema, by what the code says about it.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from runner.base import FAILED, PASSED, Failure, Result, execute, sanitizer_flags

from . import figures
from .files import INDEX_DIALECTS, corpus_files
from .probes import first_error

WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow",
            "-Werror"]
HERE = Path(__file__).resolve().parent / "typed"
COMPILE_SECONDS_MAX = 900
SEEDS = (1,)
PROBLEMS_MAX = 5  # of one file
SHOWN_MAX = 6  # reasons why tables stay empty
LITERAL = re.compile(r"'((?:[^'\n]|''){1,60})'|(?<![\w.])(\d{1,9})(?![\w.])")
WORDS_MAX = 400
# Statements of an installing script, on lines of their own, that declare nothing.
LOOSE = re.compile(r"^(?:DELETE FROM \w+|SELECT '[^'\n]*');$", re.M)
DIALECTS = {dialect: name for name, dialect in INDEX_DIALECTS.items()}


def items(shared):
    """Every file that its engine loads."""
    return [path for group in INDEX_DIALECTS for path in corpus_files(shared, group)]


def newest(shared):
    """The last file of each project for each engine: the others are its past."""
    found = {path.parent: path for path in items(shared)}
    return list(found.values())


# ---- the code ----

def generate(context, folder, path):
    """(the folder of the code, the engines that it is for)"""
    schema = folder / "corpus"
    schema.mkdir(parents=True)
    text = path.read_bytes().decode("utf-8", "replace")
    (schema / "1.0.0.sql").write_text(LOOSE.sub("", text), encoding="utf-8")
    own = DIALECTS[path.parent.name]
    ways = [([], ["sqlite", "postgres"])]
    if own in ("sqlite", "postgres"):
        ways.append((["--dialect", own], [own]))
    for options, engines in ways:
        out = folder / ("code-" + "-".join(engines))
        done = execute([context.program, "gen", "-q", *options, "--out", out, schema],
                       cwd=folder)
        if done.code == 0:
            return out, engines
    raise Failure("gen: " + first_error(done.err))


def compile_all(context, sources, *flags, cwd):
    done = execute(["gcc", *WARNINGS, f"-I{context.root}/src/runtime", *flags, *sources],
                   cwd=cwd, seconds=COMPILE_SECONDS_MAX)
    if done.code != 0 or done.err:
        said = re.findall(r"(?:error|warning): .*", done.err) or [done.err[-300:]]
        raise Failure("gcc: " + "; ".join(said[:PROBLEMS_MAX]))


def probe_compiles(context, folder, path, told):
    """None, or what gen or the compiler says; `folder` is empty and ours."""
    del told
    code, _ = generate(context, folder, path)
    compile_all(context, sorted(code.glob("*.c")), "-fsyntax-only", cwd=folder)
    shutil.rmtree(folder)


# ---- rows ----

@dataclass
class Told:
    """What all round trips came to."""
    counts: Counter = field(default_factory=Counter)
    empty: Counter = field(default_factory=Counter)
    trips: Counter = field(default_factory=Counter)  # by engine

    def add(self, other):
        self.counts.update(other.counts)
        self.empty.update(other.empty)
        self.trips.update(other.trips)

    def results(self, name):
        """The figure of the tables that took rows, where some were asked to."""
        if not self.trips:
            return []
        c, engines = self.counts, sorted(self.trips.items())
        said = (", ".join(f"{n} on {engine}" for engine, n in engines)
                + f": {c['filled']} of {c['tables']} tables took {c['rows']} rows and"
                f" {c['batches']} batches, {c['updated']} updates, {c['deleted']} rows"
                f" deleted, {c['fields']} fields compared")
        reached = c["filled"] >= figures.TYPED_FILLED * c["tables"]
        return [Result(f"corpus/{name}/filled", PASSED if reached else FAILED, "; ".join(
            [said] + [f"{n} empty: {why}" for why, n in
                      self.empty.most_common(SHOWN_MAX)]))]


def words_of(path, text):
    found = {a.replace("''", "'") or b: None for a, b in LITERAL.findall(text)}
    path.write_text("".join(word + "\n" for word in list(found)[:WORDS_MAX]),
                    encoding="utf-8")
    return path


def link(context, folder, code):
    """The program for this schema, with every source at -O0: it is run once."""
    flags = ["-O0", *sanitizer_flags(), f"-I{code}", "-o", folder / "trip"]
    compile_all(context, [*sorted(code.glob("*.c")), *sorted(HERE.glob("*.c")),
                          context.build / "libschemac.a", "-lpq", "-lsqlite3", "-lm"],
                *flags, cwd=folder)
    return folder / "trip"


def probe_rows(context, folder, path, told):
    """None, or what came back otherwise."""
    problems = []
    code, engines = generate(context, folder, path)
    trip = link(context, folder, code)
    words = words_of(folder / "words", path.read_text(encoding="utf-8", errors="replace"))
    for engine in engines:
        for seed in SEEDS:
            url = (context.postgres.database() if engine == "postgres"
                   else "sqlite::memory:")
            done = execute([trip, url, str(seed), words], cwd=folder)
            problems += read_report(done, engine, told,
                                    figures.TYPED_TRIGGERS.get(path.parts[-3]))
    return "; ".join(problems[:PROBLEMS_MAX]) or None


def read_report(done, engine, told, triggers):
    found = re.search(r"^done (.*)$", done.out, re.M)
    if found is None:
        return [f"{engine}: {(done.out + done.err).strip()[-300:] or 'no report'}"]
    told.trips[engine] += 1
    told.counts.update({name: int(n) for name, n in
                        re.findall(r"(\w+)=(\d+)", found.group(1))})
    for why in re.findall(r"^empty .*?: (.*)$", done.out, re.M):
        told.empty[re.sub(r'"[^"]*"|\S+\.\S+|CHECK: .*', "…", why)[:60]] += 1
    return [f"{engine}: {line}" for line in re.findall(r"^differs (.*)$", done.out, re.M)
            if not (triggers and re.search(triggers, line.split()[0]))]
