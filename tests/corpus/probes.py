"""What is asked of one file, or of one chain of files; an answer is a problem, or None.
"""

import re

from runner.base import Failure, execute

from . import statements
from .files import GROUPS

SECONDS_MAX = 120
ASPECTS = ("check", "account", "print", "fmt")  # as in figures.FILES
NOT_READ = "is not read"  # what `check` has told already
ACCOUNT = re.compile(r": (\d+) statements?(?:: (.*))?$", re.M)


def first_error(text):
    """`12: no such table`, or whatever the program said last."""
    found = re.search(r"^(?:.*?:(\d+):\d+: )?error\[\w+\]: (.*)$", text, re.M)
    if found is None:
        return text.strip().splitlines()[-1] if text.strip() else "no message"
    line, said = found.groups()
    return f"line {line}: {said}" if line else said


def read_text(path):
    return path.read_bytes().decode("utf-8", "replace")

# What changes rows and nothing else: no declaration.
DATA = re.compile(r"(insert|update|delete|select|with|do|replace)\b", re.I)


class Tool:
    """schemac in the terms of one group."""

    def __init__(self, context, folder, options):
        self.program, self.folder, self.options = context.program, folder, options

    def execute(self, command):
        return execute(command, cwd=self.folder, seconds=SECONDS_MAX)

    def run(self, command, *args):
        try:
            return self.execute([self.program, command, *args])
        except Failure as e:  # a crash is this file's problem, not the end of the count
            return e

    def read(self, command, *args):
        return self.run(command, *self.options, *args)


# ---- one file ----

def probe_files(context, folder, group, paths):
    """{aspect: {path: problem}} of the files; `folder` is empty and ours."""
    dialect, options = GROUPS[group]
    tool = Tool(context, folder, options)
    problems = {aspect: {} for aspect in ASPECTS}
    laid_out = lay_out(tool, paths)
    for number, path in enumerate(paths):
        checked = tool.read("check", "-v", path)
        wrong = failure_of(checked)
        if wrong:
            for aspect in problems:
                problems[aspect][path] = wrong if aspect == "check" else NOT_READ
            continue
        note(problems["account"], path, account_problem(checked.err, path, dialect))
        note(problems["print"], path, print_problem(tool, path, number))
        note(problems["fmt"], path, fmt_problem(tool, path, laid_out[path]))
    return problems


def note(problems, path, problem):
    if problem:
        problems[path] = problem


def failure_of(run):
    if isinstance(run, Failure):
        return str(run).splitlines()[0]
    return first_error(run.err) if run.code != 0 else None


def account_problem(err, path, dialect):
    found = ACCOUNT.search(err)
    if found is None:
        return "there is no account"
    ours = int(found.group(1))
    fates = [int(n) for n in re.findall(r"(\d+) [A-Za-z]", found.group(2) or "")]
    outside = statements.count(read_text(path), dialect)
    if sum(fates) != ours:
        return f"{ours} statements, but their fates add up to {sum(fates)}"
    if ours != outside:
        return f"{ours} statements, and {outside} by the outside count"
    return None


def print_problem(tool, path, number):
    """What is printed reads as the same catalog, and prints as the same text."""
    once = tool.read("print", "-q", path)
    if failure_of(once):
        return failure_of(once)
    printed = tool.folder / f"printed-{number}.sql"
    printed.write_text(once.out)
    twice = tool.run("print", "-q", printed)
    if failure_of(twice):
        return "what is printed is refused: " + failure_of(twice)
    if twice.out != once.out:
        return "what is printed prints differently: " + first_difference(once, twice)
    marks = [tool.read("print", "--fingerprint", "-q", path),
             tool.run("print", "--fingerprint", "-q", printed)]
    return None if marks[0].out == marks[1].out else "another fingerprint when printed"


def first_difference(one, other):
    for a, b in zip(one.out.splitlines(), other.out.splitlines()):
        if a != b:
            return f"{a!r} and then {b!r}"
    return "one is longer"


def lay_out(tool, paths):
    """{path: (copy, what went wrong)}; many at once, for speed."""
    copies = {path: tool.folder / f"laid-out-{i}.sql" for i, path in enumerate(paths)}
    for path, copy in copies.items():
        copy.write_bytes(path.read_bytes())
    names = [copy.name for copy in copies.values()]
    wrong = {}
    for round_ in ("fmt", "fmt again"):
        for i in range(0, len(names), 50):  # `fmt` takes so many files at once
            done = tool.run("fmt", *names[i:i + 50])
            said = str(done) if isinstance(done, Failure) else done.err
            for name in re.findall(r"^(\S+?):\d+:\d+: error", said, re.M):
                wrong.setdefault(name, f"{round_} refuses it: {first_error(said)}")
            if round_ == "fmt again":
                for name in re.findall(r"^(\S+): laid out$", said, re.M):
                    wrong.setdefault(name, "fmt twice is not fmt once")
    return {path: (copy, wrong.get(copy.name)) for path, copy in copies.items()}


def fmt_problem(tool, path, laid_out):
    copy, wrong = laid_out
    if wrong:
        return wrong
    before = tool.read("print", "--fingerprint", "-q", path)
    after = tool.read("print", "--fingerprint", "-q", copy)
    if failure_of(after):
        return "what fmt writes is refused: " + failure_of(after)
    return None if before.out == after.out else "fmt changes the fingerprint"


# ---- chains ----

def link_chain(folder, files):
    """A folder of links in the order of the files: links are a form, too."""
    folder.mkdir()
    for number, file in enumerate(files):
        (folder / f"{number:04}_{file.stem.removesuffix('.up')}.up.sql").symlink_to(file)
    return folder


def probe_chain(context, folder, chain):
    """Is the catalog of the files in order the target's where the engine's is?"""
    dialect = {"pg": "postgres"}.get(chain.dialect, chain.dialect)
    tool = Tool(context, folder, GROUPS[dialect][1])
    setup = folder / "setup.sql"
    setup.write_text(chain.setup)
    whole = link_chain(folder / "chain",
                       [setup] * bool(chain.setup) + chain.before + chain.files)
    target = link_chain(folder / "target", [chain.target])
    checked = tool.read("check", whole)
    if failure_of(checked):
        return "the chain is not read: " + failure_of(checked)
    done = tool.read("diff", "--exit-code", "--allow", "all", whole, target)
    if isinstance(done, Failure) or done.code not in (0, 1):
        return "no difference can be told: " + failure_of(done)
    if (done.code == 0) == chain.same:
        return None
    if not chain.same:
        return "no difference, and the engine has one"
    changes = [line for line in done.out.splitlines()
               if line and not line.startswith(("--", " ", "BEGIN", "COMMIT", "PRAGMA"))]
    return f"{len(changes)} differences: {'; '.join(changes[:3])}"


# ---- files with a mistake ----

def probe_broken(context, folder, path, line):
    """Is the first error at the line of the mistake?"""
    dialect = {"pg": "postgres"}.get(path.parts[-2], path.parts[-2])
    checked = Tool(context, folder, GROUPS[dialect][1]).read("check", path)
    if isinstance(checked, Failure):
        return failure_of(checked)
    if checked.code == 0:
        return None if line is None else f"no error, and line {line} has a mistake"
    if line is None:
        return f"no mistake, but: {first_error(checked.err)}"
    said = first_error(checked.err)
    right = said.startswith(f"line {line}:")
    return None if right else f"line {line} is wrong, but: {said}"
