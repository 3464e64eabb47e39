"""The blocks of SQL in the five plans, each in the context that its plan gives it.

People write like this, mistakes included: a block is taken when some version of the system
that is declared under schemas/ gives it the context that it needs, as declarations or as the
statements of a data section; else its mistake has to be said (figures.MISTAKES).
"""

import re
from dataclasses import dataclass

from .figures import MISTAKES
from .probes import Tool, failure_of

SYSTEMS = {"000": "dealer", "001": "parking", "002": "variants", "003": "bookings",
           "004": "bakery"}


@dataclass
class Block:
    system: str
    file: str
    line: int  # of its first line of SQL
    text: str

    @property
    def name(self):
        return f"{self.file}:{self.line}"


def blocks(shared):
    found = []
    for path in sorted((shared / "systems").glob("*.txt")):
        number = path.name[:3]
        text = path.read_text(encoding="utf-8", errors="replace")
        for block in re.finditer(r"^```sql\n(.*?)^```$", text, re.M | re.S):
            line = text.count("\n", 0, block.start()) + 2
            found.append(Block(SYSTEMS[number], number, line, block.group(1)))
    return found


def contexts(context, folder, system):
    """Nothing, and then each version of the system, as a file."""
    tool = Tool(context, folder, [])
    yield ""
    versions = (context.root / "schemas" / system).glob("*.sql")
    for path in sorted(versions, key=lambda p: version_key(p.stem)):
        if version_key(path.stem) is not None:
            yield tool.run("print", "-q", f"{path.parent}@{path.stem}").out


def version_key(stem):
    return [int(part) for part in stem.split(".")] if re.fullmatch(r"[\d.]+", stem) else None


def probe_block(context, folder, block):
    """The least that is said of the block over all contexts; None: it is taken."""
    tool = Tool(context, folder, [])
    mistake = MISTAKES.get((block.file, block.line))
    least = None
    for number, before in enumerate(contexts(context, folder, block.system)):
        base = folder / f"context-{number}.sql"
        base.write_text(before)
        for form, text in (("plain", block.text),
                           ("section", f"-- @migrate\n{block.text}\n-- @end\n")):
            own = folder / f"block-{number}-{form}.sql"
            own.write_text(text)
            checked = tool.run("check", base, own)
            wrong = failure_of(checked)
            if wrong is None:
                return None if mistake is None else f"is taken, and yet: {mistake}"
            if mistake is not None and mistake in checked.err:
                return None
            errors = checked.err.count("error[")
            if least is None or errors < least[0]:
                least = (errors, number, form, wrong)
    return f"{least[0]} errors at least (context {least[1]}, {least[2]}): {least[3]}"
