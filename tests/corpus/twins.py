"""What a project ships for one engine, next to what we make of its file for another.

The differences are told by kind and place.  Each has to stand in dialects.tsv, with whose
it is and the reason; a line there stands for as many as it says, no more and no fewer.
"""

import csv
from collections import Counter
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from . import dialects, structure
from .dialects import project_of
from .files import corpus_files, dialect_of

LIST = Path(__file__).with_name("dialects.tsv")

# Files of one time that do not bear one name: chains of migrations that have not as many
# steps on each engine, and releases that changed one engine's file only.
SAME_TIME = [
    # project, PostgreSQL, SQLite
    ("memos", "snap-26", "snap-61"),
    ("roundcube", "snap-23", "snap-24"),
    ("vaultwarden", "snap-46", "snap-56"),
    ("chinook", "HEAD-serial", "HEAD-autoincrement"),
    ("ejabberd", "25.03_2025-03-28.lenient", "25.03_2025-03-28"),
    ("powerdns", "4.1.0_2017-11-30", "4.0.0_2016-07-08"),
]
SAME_STEPS = {"drone"}

# Whose a difference is: of the project, which says another thing to that engine; of the
# engines, one of which lacks a type or a form; or of ours, where a person would have
# written something else.  A "?" waits for its reason, and fails.
WHOSE = ("own", "engine", "ours")


@dataclass(frozen=True)
class Line:
    source: str
    target: str
    project: str
    kind: str
    where: str  # a pattern for `table.column: detail`
    count: int
    whose: str
    reason: str

    def has(self, project, kind, where):
        return (self.project, self.kind) == (project, kind) \
            and fnmatchcase(where, self.where)


def read_list():
    with open(LIST, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Line(**{**row, "count": int(row["count"])}) for row in rows]


def write_list(lines):
    names = list(Line.__dataclass_fields__)
    text = ["\t".join(names)] + ["\t".join(str(getattr(line, name)) for name in names)
                                 for line in lines]
    LIST.write_text("\n".join(text) + "\n", encoding="utf-8")


def twin_of(path, others):
    """The project's own file for the other engine, or None."""
    project = project_of(path)
    if path.stem.startswith("snap-") and project not in SAME_STEPS:
        names = []
    else:
        names = [path.stem]
    engine = dialect_of(path)
    for at, of_postgres, of_sqlite in SAME_TIME:
        if at == project and engine == "pg" and path.stem == of_postgres:
            names.append(of_sqlite)
        elif at == project and path.stem == of_sqlite:
            names.append(of_postgres)
    return next((others[project, n] for n in names if (project, n) in others), None)


def said(folder, path, source):
    """Nothing in a file tells that INTEGER PRIMARY KEY counts: its head has to."""
    if source != "sqlite":
        return path
    copy = folder / "said.sql"
    copy.write_text("-- @dialect sqlite\n" + path.read_text(encoding="utf-8"),
                    encoding="utf-8")
    return copy


def differences(context, folder, shared, source, target):
    """(number of pairs, [(project, kind, `table.column: detail`)])"""
    twins = dialects.Both(context, folder, source)
    others = {(project_of(path), path.stem): path
              for path in corpus_files(shared, target)}
    engine = dialects.Sqlite() if target == "sqlite" else dialects.Postgres(context)
    pairs, found = 0, []
    for path in corpus_files(shared, source):
        other = twin_of(path, others)
        if other is None:
            continue
        pairs += 1
        ours = engine.structure_of(twins.tool,
                                   twins.text_for(said(folder, path, source), target))
        theirs = engine.structure_of(twins.tool, other)
        found += [(project_of(path), kind, f"{at}: {detail}") for kind, at, detail
                  in structure.differences_of_one_engine(ours, theirs)]
    return pairs, found


def counted(lines, found):
    """({line: how many}, Counter of what no line has)"""
    of_lines, unlisted = dict.fromkeys(lines, 0), Counter()
    for difference in found:
        line = next((line for line in lines if line.has(*difference)), None)
        if line is None:
            unlisted[difference] += 1
        else:
            of_lines[line] += 1
    return of_lines, unlisted


def problems(of_lines, unlisted):
    told = [f"{line.project}: {line.kind}: {line.where}: {count}, not {line.count}"
            for line, count in of_lines.items() if count != line.count]
    told += [f"{line.project}: {line.kind}: {line.where}: no reason"
             for line in of_lines if line.whose not in WHOSE or not line.reason]
    return told + [f"{project}: {kind}: {where}: {count} that are not listed"
                   for (project, kind, where), count in unlisted.items()]


def listed_anew(lines, of_lines, unlisted, source, target):
    """The lines as they would have to be; what is new waits for its reason."""
    kept = [replace(line, count=of_lines.get(line, line.count)) for line in lines]
    new = Counter((project, kind, "*: " + where.split(": ", 1)[1])
                  for (project, kind, where) in unlisted.elements())
    kept += [Line(source, target, project, kind, where, count, "?", "")
             for (project, kind, where), count in new.items()]
    return sorted((line for line in kept if line.count),
                  key=lambda line: (line.source, line.target, line.project, line.kind))
