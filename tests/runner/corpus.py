"""Suite `corpus`: the figures of the reader over what others have written; see
tests/corpus.

A measure asks one thing of many items, in several jobs.  The last of them to end tells
the figure and holds it against its gate.  What did not do is listed in corpus.txt in the
build folder, one line each.
"""

import os
import threading

from corpus import (changes, described, dialects, figures, files, hazards, live, loads,
                    pairs, pairs_postgres, pairs_sqlite, probes, systems, twins, typed)

from .base import FAILED, PASSED, SKIPPED, Failure, Job, Result, shared_folder

ITEMS_PER_JOB = 120
SAMPLE_LEAST = 60  # files that a slow measure takes, where there are as many
DESCRIBED_SAMPLE_LEAST = 12  # two databases each
CHANGES_SAMPLE_LEAST = 16  # two databases each, too
KEPT_SAMPLE_LEAST = 20  # one database each
DIALECTS_SAMPLE_LEAST = 16
PAIRS_SAMPLE_LEAST = {"pg": 9, "sqlite": 20}  # three databases each, and rows in them
COMPILES_SAMPLE_LEAST = 12  # half a second of a compiler each
TYPED_ROWS_SAMPLE_LEAST = 3
TYPED_PER_JOB = 8
SHOWN_MAX = 8  # problems that a failure repeats
LIST_LOCK = threading.Lock()  # jobs of one run that write tests/corpus/dialects.tsv anew


def jobs(context):
    shared = shared_folder(context.root)
    if not (shared / "corpus/INDEX.tsv").is_file():
        return [Job("corpus", tell_absent)]
    listing = Listing(context.build / "corpus.txt")
    found = []
    for group in figures.FILES:
        found += group_jobs(group, files.group_files(shared, group), listing)
    for group in figures.DDL:
        found += equal_jobs(shared, group, listing)
    found += ddl_jobs("ddl/lowered", shared, "postgres", figures.LOWERED,
                      loads.probe_lowered, listing)
    found += ddl_jobs("described", shared, "postgres", figures.DESCRIBED,
                      described.probe_described, listing, DESCRIBED_SAMPLE_LEAST)
    for dialect in changes.ENGINES:
        found += change_jobs(shared, dialect, listing)
    found.append(hazard_job(shared, listing))
    for group in figures.LIVE:
        found += ddl_jobs(f"live/{group}", shared, group, figures.LIVE[group],
                          live.probe_live, listing)
    for dialect in figures.PAIRS:
        found += pair_jobs(shared, dialect, listing)
    for source, target in figures.DIALECTS:
        found.append(dialect_job(shared, source, target, listing))
        found.append(twins_job(shared, source, target))
    found += typed_jobs("typed/compiles", typed.items(shared), COMPILES_SAMPLE_LEAST,
                        typed.probe_compiles, listing)
    found += typed_jobs("typed/rows", typed.newest(shared), TYPED_ROWS_SAMPLE_LEAST,
                        typed.probe_rows, listing)
    for name, chains in (("snapshots", files.snapshots), ("upgrades", files.upgrades)):
        found += item_jobs(name, list(chains(shared)), figures.CHAINS[name],
                           lambda c: c.name, probes.probe_chain, listing)
    found += item_jobs("broken", list(figures.BROKEN.items()), figures.BROKEN_GATE,
                       lambda b: b[0],
                       lambda context, folder, b: probes.probe_broken(
                           context, folder, shared / "corpus" / b[0], b[1]), listing)
    return found + plan_jobs(systems.plans(shared), listing)


def tell_absent(context):
    del context
    return [Result("corpus", SKIPPED, "../shared/corpus is absent: nothing is measured")]


class Listing:
    """The text file in which each problem stands."""

    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.begun = False

    def add(self, name, problems):
        with self.lock:
            mode = "a" if self.begun else "w"
            self.begun = True
            with open(self.path, mode, encoding="utf-8") as out:
                for item, problem in sorted(problems.items()):
                    if problem != probes.NOT_READ:
                        out.write(f"{name}: {item}: {problem}\n")


class Tally:
    """The answers of the jobs of one measure, or of several that share their work."""

    def __init__(self, gates, total, job_count, listing):
        self.gates = gates  # {name of the measure: gate}
        self.totals = total if isinstance(total, dict) else dict.fromkeys(gates, total)
        self.waiting = job_count
        self.listing = listing
        self.lock = threading.Lock()
        self.problems = {name: {} for name in gates}

    def add(self, problems):
        """The results, once the last job has ended; nothing before that."""
        with self.lock:
            for name, of in problems.items():
                self.problems[name].update(of)
            self.waiting -= 1
            if self.waiting > 0:
                return []
        return [self.verdict(name) for name in self.gates]

    def verdict(self, name):
        problems, gate = self.problems[name], self.gates[name]
        total = self.totals[name]
        reached = total - len(problems)
        self.listing.add(name, problems)
        said = f"{reached} of {total}"
        if reached >= gate:
            more = f", gate {gate}: raise it" if reached > gate else ""
            return Result(f"corpus/{name}", PASSED, said + more)
        shown = [f"{item}: {problem}" for item, problem in sorted(problems.items())
                 if problem != probes.NOT_READ]
        left = [] if len(shown) <= SHOWN_MAX else [f"… all in {self.listing.path}"]
        return Result(f"corpus/{name}", FAILED,
                      "\n".join([f"{said}, and the gate is {gate}"]
                                + shown[:SHOWN_MAX] + left))


def chunks(items):
    return [items[i:i + ITEMS_PER_JOB] for i in range(0, len(items), ITEMS_PER_JOB)]


# The jobs of one measure bear one name: a run selects all of them or none.

def group_jobs(group, paths, listing):
    parts = chunks(paths)
    names = {aspect: f"{group}/{aspect}" for aspect in probes.ASPECTS}
    tally = Tally(dict(zip(names.values(), figures.FILES[group])), len(paths), len(parts),
                  listing)

    def runner(number, part):
        def run(context):
            folder = context.scratch(f"corpus-{group}-{number}")
            found = probes.probe_files(context, folder, group, part)
            return tally.add({names[aspect]: {short(p): why for p, why in of.items()}
                              for aspect, of in found.items()})
        return run
    return [Job(f"corpus/{group}", runner(i, part)) for i, part in enumerate(parts)]


def short(path):
    parts = path.parts
    at = next(i for i in reversed(range(len(parts))) if parts[i] in ("corpus", "cases"))
    return "/".join(parts[at + 1:])


def ddl_jobs(name, shared, group, excepted, probe, listing, least=SAMPLE_LEAST):
    paths = sample(loads.items(shared, group), least)
    parts = chunks(paths)
    tally = Tally({name: gate_of(paths, excepted)}, len(paths), len(parts), listing)

    def runner(number, part):
        def run(context):
            folder = context.scratch(f"corpus-{name.replace('/', '-')}-{number}")
            found = probe(context, folder, shared, group, part)
            return tally.add({name: {short(p): why for p, why in found.items()}})
        return run
    return [Job(f"corpus/{name}", runner(i, part)) for i, part in enumerate(parts)]


class Listed(Tally):
    """Measures that are reached by all items but those that are listed, each of which
    must still fall short."""

    def __init__(self, listed, concerned, job_count, listing):
        super().__init__(dict.fromkeys(concerned), 0, job_count, listing)
        self.listed, self.concerned = listed, concerned

    def verdict(self, name):
        problems, concerned = self.problems[name], self.concerned[name]
        listed = self.listed.get(name, {}).keys() & set(concerned)
        self.listing.add(name, problems)
        new, mended = sorted(problems.keys() - listed), sorted(listed - problems.keys())
        reached = len(concerned) - len(problems)
        said = f"{reached} of {len(concerned)}"
        if not new and not mended:
            return Result(f"corpus/{name}", PASSED, said)
        lines = [f"{item}: {problems[item]}" for item in new[:SHOWN_MAX]]
        lines += [f"{item} is listed, and falls short no more" for item in mended]
        return Result(f"corpus/{name}", FAILED, "\n".join([said] + lines))


def change_jobs(shared, dialect, listing):
    cases = sample(changes.cases(shared, dialect), CHANGES_SAMPLE_LEAST,
                   changes.is_rare)
    parts = chunks(cases)
    names = {(mode, aspect): f"changes/{dialect}/{mode}/{aspect}"
             for mode in changes.MODES for aspect in changes.ASPECTS}
    listed = {names[mode, aspect]: reasons for (of, mode, aspect), reasons
              in changes.exceptions().items()
              if of == dialect and mode in changes.MODES}
    concerned = {name: [c.name for c in cases if c.concerns(aspect)]
                 for (_, aspect), name in names.items()}
    tally = Listed(listed, concerned, len(parts), listing)

    def runner(number, part):
        def run(context):
            folder = context.scratch(f"corpus-changes-{dialect}-{number}")
            found = changes.probe_changes(context, folder, shared, dialect, part)
            return tally.add({names[key]: of for key, of in found.items()})
        return run
    return [Job(f"corpus/changes/{dialect}", runner(i, part))
            for i, part in enumerate(parts)]


def typed_jobs(name, paths, least, probe, listing):
    """Generated C: some files a job, as a compiler takes its time."""
    paths = sample(paths, least)
    parts = [paths[i:i + TYPED_PER_JOB] for i in range(0, len(paths), TYPED_PER_JOB)]
    tally = Listed({name: figures.TYPED[name]}, {name: [short(p) for p in paths]},
                   len(parts), listing)
    told = typed.Told()

    def runner(number, part):
        def run(context):
            problems, found = {}, typed.Told()
            for at, path in enumerate(part):
                folder = context.scratch(f"corpus-{name}-{number}-{at}")
                try:
                    why = probe(context, folder, path, found)
                except Failure as e:
                    why = str(e)
                if why:
                    problems[short(path)] = why
            with tally.lock:
                told.add(found)
            results = tally.add({name: problems})
            return results + told.results(name) if results else results
        return run
    return [Job(f"corpus/{name}", runner(i, part)) for i, part in enumerate(parts)]


def hazard_job(shared, listing):
    paths = hazards.cases(shared)
    name = "hazards"
    tally = Listed({name: changes.exceptions()["postgres", "online", "hazards"]},
                   {name: [hazards.name_of(p) for p in paths]}, 1, listing)

    def run(context):
        folder = context.scratch("corpus-hazards")
        problems = {hazards.name_of(p): hazards.probe_hazards(context, folder, p)
                    for p in paths}
        return tally.add({name: {item: why for item, why in problems.items() if why}})
    return Job(f"corpus/{name}", run)


def gate_of(paths, excepted):
    return len(paths) - sum(short(path) in excepted for path in paths)


def equal_jobs(shared, group, listing):
    """Two measures that load the same originals."""
    paths = sample(loads.items(shared, group), SAMPLE_LEAST)
    kept = sample(paths, KEPT_SAMPLE_LEAST) if group in figures.KEPT else []
    parts = chunks(paths)
    gates = {"ddl": gate_of(paths, figures.DDL[group])}
    totals = {"ddl": len(paths)}
    if kept:
        gates["kept"] = gate_of(kept, figures.KEPT[group])
        totals["kept"] = len(kept)
    names = {measure: f"{measure}/{group}" for measure in gates}
    tally = Tally({names[m]: gate for m, gate in gates.items()},
                  {names[m]: total for m, total in totals.items()}, len(parts), listing)

    def runner(number, part):
        def run(context):
            folder = context.scratch(f"corpus-ddl-{group}-{number}")
            found = loads.probe_equal(context, folder, shared, group, part, set(kept))
            return tally.add({names[m]: {short(p): why for p, why in found[m].items()}
                              for m in names})
        return run
    return [Job(f"corpus/ddl/{group}", runner(i, part)) for i, part in enumerate(parts)]


def dialect_job(shared, source, target, listing):
    """Loads, is the same, and takes the same rows."""
    refused = figures.DIALECTS[source, target]
    differ = refused | figures.DIALECT_ROWS.get((source, target), {})
    paths = sample(dialects.files_of(shared, source, target), DIALECTS_SAMPLE_LEAST)
    name = f"{source}-to-{target}"
    gates = {f"{name}/{aspect}": len(paths) - sum(
                 short(path) in (differ if aspect == "rows" else refused)
                 for path in paths)
             for aspect in dialects.ASPECTS}
    tally = Tally(gates, len(paths), 1, listing)

    def run(context):
        folder = context.scratch(f"corpus-{name}")
        both = dialects.Both(context, folder, source)
        found = dialects.probe(both, paths)
        results = tally.add({f"{name}/{aspect}": {short(p): why for p, why in of.items()}
                             for aspect, of in found.items()})
        for result in results:
            if result.name.endswith("/rows") and result.state == PASSED:
                result.detail += f"; {both.taken} of {both.asked} rows are taken"
        return results
    return Job(f"corpus/{name}", run)


def twins_job(shared, source, target):
    """The project's own file for the other engine: no difference without a reason."""
    name = f"corpus/twins/{source}-to-{target}"

    def run(context):
        folder = context.scratch(name.replace("/", "-"))
        pairs, found = twins.differences(context, folder, shared, source, target)
        with LIST_LOCK:
            lines = twins.read_list()
            of_pair = [line for line in lines
                       if (line.source, line.target) == (source, target)]
            of_lines, unlisted = twins.counted(of_pair, found)
            if context.update:
                twins.write_list(
                    twins.listed_anew(lines, of_lines, unlisted, source, target))
        told = twins.problems(of_lines, unlisted)
        if told or pairs == 0:
            return [Result(name, FAILED, "\n".join(told) or "no pair of files")]
        counts = {whose: sum(n for line, n in of_lines.items() if line.whose == whose)
                  for whose in twins.WHOSE}
        return [Result(name, PASSED, f"{pairs} pairs, {len(found)} differences: "
                       + ", ".join(f"{n} {whose}" for whose, n in counts.items()))]
    return Job(name, run)


def sample(paths, least, is_rare=None):
    """A slow measure takes every n-th of many files, or all of them with CORPUS=whole;
    and as many of those that are rare."""
    if is_whole():
        return paths
    taken = paths[::max(1, len(paths) // least)]
    rare = [p for p in paths if is_rare and is_rare(p)]
    return taken + [p for p in rare[::max(1, len(rare) // least)] if p not in taken]


def is_whole():
    return os.environ.get("CORPUS") == "whole"


def no_word(*_, **__):
    """Of one pair; a whole run takes hours, and may be stopped before its verdict."""


def plan_jobs(plans, listing):
    total = sum(len(plan.blocks) for plan in plans)
    tally = Tally({"systems": figures.SYSTEMS_GATE}, total, len(plans), listing)

    def runner(plan):
        def run(context):
            folder = context.scratch(f"corpus-systems-{plan.system}")
            return tally.add({"systems": systems.probe_plan(context, folder, plan)})
        return run
    return [Job("corpus/systems", runner(plan)) for plan in plans]


PAIRS_ENGINES = {"pg": pairs_postgres, "sqlite": pairs_sqlite}
PAIRS_PER_JOB = 6


def for_another_reason(problems, excepted):
    """{name: problem} of those that are excepted, but not for that."""
    return {f"{name}, for another reason": problem for name, problem in problems.items()
            if name in excepted and excepted[name][0] not in problem}


def pair_jobs(shared, dialect, listing):
    """Each with a figure of what the tables and ways were."""
    items = sample(pairs.pairs(shared, dialect), PAIRS_SAMPLE_LEAST[dialect])
    parts = [items[i:i + PAIRS_PER_JOB] for i in range(0, len(items), PAIRS_PER_JOB)]
    name, excepted = f"pairs/{dialect}", figures.PAIRS[dialect]
    gate = len(items) - sum(pair.name in excepted for pair in items)
    tally = Tally({name: gate}, len(items), len(parts), listing)
    told = pairs.Told()
    say = print if is_whole() else no_word

    def runner(number, part):
        def run(context):
            problems, found = {}, pairs.Told()
            for at, pair in enumerate(part):
                folder = context.scratch(f"corpus-pairs-{dialect}-{number}-{at}")
                server = PAIRS_ENGINES[dialect].Server(context, folder, shared)
                try:
                    found.add(PAIRS_ENGINES[dialect].prove(server, pair))
                except Failure as e:
                    problems[pair.name] = str(e)
                say(f"{name}: {pair.name}: {problems.get(pair.name, 'well')}", flush=True)
            with tally.lock:
                told.add(found)
            problems |= for_another_reason(problems, excepted)
            results = tally.add({name: problems})
            return results + [told_result(name, told)] if results else results
        return run
    return [Job(f"corpus/{name}", runner(i, part)) for i, part in enumerate(parts)]


def told_result(name, told):
    said = (f"{told.filled} of {told.tables} tables have rows, {told.back} ways back are "
            f"without a loss, {len(told.refused)} times rows were in the way")
    return Result(f"corpus/{name}/rows", PASSED if told.filled >= told.tables *
                  figures.PAIRS_FILLED else FAILED,
                  "; ".join([said] + [f"{count} empty: {why}" for why, count
                                      in told.empty.most_common(SHOWN_MAX)]))


def item_jobs(name, items, gate, title, probe, listing):
    tally = Tally({name: gate}, len(items), 1, listing)

    def run(context):
        problems = {}
        for number, item in enumerate(items):
            why = probe(context, context.scratch(f"corpus-{name}-{number}"), item)
            if why:
                problems[title(item)] = why
        return tally.add({name: problems})
    return [Job(f"corpus/{name}", run)]
