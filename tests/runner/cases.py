"""Suites `cases` and `bugs`: twin files.

tests/cases/COMMAND/NAME.sql (or a folder NAME/, or both) is the input.  Beside it stand

    NAME.args   command lines, one per line; default: `COMMAND NAME.sql`, or for a folder
                that holds from.sql and to.sql `COMMAND NAME/from.sql NAME/to.sql`.  Each
                line is given to schemac, or begins with `sqlite3`.  The first that fails
                is the last.
    NAME.out    expected standard output; absent: nothing
    NAME.err    expected standard error; absent: nothing
    NAME.exit   expected exit code; absent: 0

A case runs in a folder of its own that holds copies of its input, so names in the output
are relative and whatever it writes is gone afterwards.
"""

import difflib
import shlex
import shutil

from .base import Failure, Job, execute

GOLDENS = ("out", "err", "exit")


def jobs(context):
    found = []
    for suite in ("cases", "bugs"):
        for folder in sorted((context.root / "tests" / suite).glob("*/")):
            found += [Job(f"{suite}/{folder.name}/{name}", case_runner(folder, name))
                      for name in case_names(folder)]
    return found


def case_names(folder):
    """A name ends at its first dot; a golden alone is a case too, and fails."""
    return sorted({entry.name.split(".")[0] for entry in folder.iterdir()})


def case_runner(folder, name):
    def run(context):
        scratch = context.scratch(f"{folder.parent.name}-{folder.name}-{name}")
        copy_input(folder, name, scratch)
        actual = run_lines(context, command_lines(folder, name), scratch)
        if context.update:
            for golden in GOLDENS:
                write(folder / f"{name}.{golden}", actual[golden])
        else:
            compare(folder, name, actual)
    return run


def copy_input(folder, name, scratch):
    for entry in folder.iterdir():
        stem, _, suffix = entry.name.partition(".")
        if stem != name or suffix in GOLDENS or suffix == "args":
            continue
        if entry.is_dir():
            shutil.copytree(entry, scratch / entry.name)
        else:
            shutil.copy(entry, scratch / entry.name)


def command_lines(folder, name):
    args = folder / f"{name}.args"
    if args.is_file():
        text = args.read_text()
        lines = [shlex.split(line, comments=True) for line in text.splitlines()]
        return [line for line in lines if line]
    if (folder / name / "from.sql").is_file():
        return [[folder.name, f"{name}/from.sql", f"{name}/to.sql"]]
    if (folder / name).is_dir():
        return [[folder.name, name]]
    if (folder / f"{name}.sql").is_file():
        return [[folder.name, f"{name}.sql"]]
    raise Failure(f"neither {name}.sql nor {name}/ nor {name}.args in {folder}")


def run_lines(context, lines, scratch):
    out, err, code = "", "", 0
    for line in lines:
        command = line if line[0] == "sqlite3" else [str(context.program)] + line
        done = execute(command, cwd=scratch)
        out += done.out
        err += done.err
        code = done.code
        if code != 0:
            break
    return {"out": out, "err": err, "exit": "" if code == 0 else f"{code}\n"}


def write(path, text):
    if text:
        path.write_text(text)
    else:
        path.unlink(missing_ok=True)


def compare(folder, name, actual):
    differences = []
    for golden in GOLDENS:
        path = folder / f"{name}.{golden}"
        expected = path.read_text() if path.is_file() else ""
        if expected != actual[golden]:
            differences += difflib.unified_diff(
                expected.splitlines(), actual[golden].splitlines(),
                f"expected {path.name}", f"actual {path.name}", lineterm="")
    if differences:
        raise Failure("\n".join(differences))
