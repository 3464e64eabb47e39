"""Suite `mistakes`: small files with one mistake each.

The line below the mistake marks it and names the code:

        x intger
    --    ^^^^^^ S0308

`schemac check` must report exactly one error or warning: that code, its span inside the
carets.  Three dots behind the carets: the mistake reaches further than its line.
"""

import json
import re

from .base import Failure, Job, execute

MARK = re.compile(r"^--( *)(\^+)(\.\.\.)? (S\d{4})$")


def jobs(context):
    folder = context.root / "tests" / "mistakes"
    return [Job(f"mistakes/{path.stem}", runner(path))
            for path in sorted(folder.glob("*.sql"))]


def runner(path):
    def run(context):
        wanted = read_mark(path)
        command = [str(context.program), "check", "--diagnostics", "json", path.name]
        done = execute(command, cwd=path.parent)
        found = [d for d in json.loads(done.err or "[]") if d["severity"] != "note"]
        if len(found) != 1 or not is_wanted(found[0], wanted) or done.code != 2:
            raise Failure(f"expected {wanted}\n" + done.story())
    return run


def read_mark(path):
    """Line, first and end column, code, and whether it goes on behind the line."""
    lines = path.read_text().splitlines()
    marks = [(number, match) for number, line in enumerate(lines, 1)
             if (match := MARK.match(line))]
    if len(marks) != 1:
        raise Failure(f"{path.name} has {len(marks)} marks")
    number, match = marks[0]
    first = len("--") + len(match[1]) + 1
    return {"line": number - 1, "column": first, "end": first + len(match[2]),
            "goes_on": match[3] is not None, "code": match[4]}


def is_wanted(d, wanted):
    inside = (d["line"] == wanted["line"] and d["column"] >= wanted["column"]
              and d["column"] < wanted["end"])
    ends = wanted["goes_on"] or (d["end_line"] == d["line"]
                                 and d["end_column"] <= wanted["end"])
    return d["code"] == wanted["code"] and inside and ends
