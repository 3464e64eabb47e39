"""The blocks of SQL in the five plans, each in the context that its plan gives it.

People write like this, mistakes included: a block is taken, or its mistake is said
(figures.MISTAKES).  The context is what the plan takes for granted (systems/NAME.sql), a
version that is declared under schemas/, or either with earlier blocks of the plan
behind it.  Statements that change rows, or look at them, stand in a data section, where
they would be in a version.
"""

import re
from dataclasses import dataclass, field

from . import statements
from .figures import MISTAKES
from .probes import DATA, Tool, failure_of

SYSTEMS = {"000": "dealer", "001": "parking", "002": "variants", "003": "bookings",
           "004": "bakery"}
BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.M | re.S)
DOWN = re.compile(r"^-- Down Migration", re.M)  # what follows is for another day


@dataclass
class Block:
    file: str
    line: int  # of its first line of SQL
    text: str


@dataclass
class Plan:
    """Its blocks in order; a job of its own, because each builds on those before it."""
    system: str
    blocks: list = field(default_factory=list)


def plans(shared):
    found = []
    for path in sorted((shared / "systems").glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        number = path.name[:3]
        found.append(Plan(SYSTEMS[number], [
            Block(number, text.count("\n", 0, block.start()) + 2, block.group(1))
            for block in BLOCK.finditer(text)]))
    return found


def first_contexts(context, tool, system):
    yield ""
    base = context.root / f"tests/corpus/systems/{system}.sql"
    if base.is_file():
        yield base.read_text()
    for path in sorted((context.root / "schemas" / system).glob("*.sql")):
        if re.fullmatch(r"[\d.]+", path.stem):
            yield tool.run("print", "-q", f"{path.parent}@{path.stem}").out


def probe_plan(context, folder, plan):
    """{block: problem}"""
    tool = Tool(context, folder, [])
    contexts = list(first_contexts(context, tool, plan.system))
    problems = {}
    for block in plan.blocks:
        taken, why = try_block(tool, contexts, block)
        if taken:
            contexts += taken
        if why:
            problems[f"{block.file}:{block.line}"] = why
    return problems


def try_block(tool, contexts, block):
    """(the contexts that it makes, the problem or None)"""
    mistake = MISTAKES.get((block.file, block.line))
    least = None  # (number of errors, the first) in the context that suits best
    for before in reversed(contexts):
        wrong, said = check_behind(tool, before, in_sections(block.text))
        if mistake is not None and mistake in said:
            return [], None
        if wrong is None and mistake is None:
            return [before + in_sections(DOWN.split(block.text)[0])], None
        if least is None or said.count("error[") < least[0]:
            least = (said.count("error["), wrong)
    return [], least[1] or f"is taken, and yet: {mistake}"


def in_sections(text):
    found = ""
    for statement in statements.cut(text, "pg"):
        data = DATA.match(statement)
        found += f"-- @migrate\n{statement};\n-- @end\n" if data else f"{statement};\n"
    return found


def check_behind(tool, before, text):
    """(the first error or None, all that is said)"""
    (tool.folder / "context.sql").write_text(before)
    (tool.folder / "block.sql").write_text(text)
    done = tool.run("check", "context.sql", "block.sql")
    return failure_of(done), getattr(done, "err", "")
