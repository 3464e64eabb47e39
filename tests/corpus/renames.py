"""The renames of a case, written into its end as `@was`.

Cases say them in two ways: meta.json has `renames`
("public.users.name->public.users.name1"), or the SQL itself has `@renamed from=OLD` in a
comment behind what it is about.
"""

import re
from dataclasses import dataclass

from .loads import meta_of

NAME = r'(?:"(?:[^"]|"")+"|`[^`]+`|\w+)'
COMMENT = re.compile(r"@renamed from=(" + NAME + ")")
CREATES = re.compile(
    r"\s*CREATE\s+(?:UNIQUE\s+)?(TABLE|TYPE|SCHEMA|SEQUENCE|INDEX)\s+"
    r"(?:IF\s+NOT\s+EXISTS\s+)?(?:/\*.*?\*/\s*)?"
    rf"(?:({NAME})\.)?({NAME})", re.I)
ELEMENT = re.compile(rf"\s*(CONSTRAINT\s+)?({NAME}|'[^']*')", re.I)


@dataclass
class Rename:
    kind: str     # "table", "type", "schema", "sequence", "index", "column",
                  # "constraint", "value"
    holder: str   # its table or type, as it is called now; "" where it has none
    old: str
    new: str
    old_table: str = ""  # both with their schemas
    new_table: str = ""


def plain(name):
    if name[:1] in "\"`":
        return name[1:-1].replace('""', '"')
    return name.lower()


def shared_schema(name):
    return plain(name or "public")


def is_word(name, text):
    """Does the text name it?"""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


class Lines:
    """A text into which lines are put, above those that are there."""

    def __init__(self, text):
        self.lines = text.splitlines()
        self.above = {}  # {line: text}
        self.renames = []
        self.places = list(self.find_places())

    def find_places(self):
        """(line, kind, holder, schema, name): where what stands that has a name."""
        kind, holder, schema = "", "", ""
        for number, line in enumerate(self.lines):
            created = CREATES.match(line)
            if created:
                kind, holder = created.group(1).lower(), plain(created.group(3))
                schema = shared_schema(created.group(2))
                yield number, kind, "", schema, holder
            elif kind in ("table", "type"):
                element = ELEMENT.match(line)
                if element is None:
                    continue
                name = element.group(2)
                inner = ("value" if kind == "type" else
                         "constraint" if element.group(1) else "column")
                yield (number, inner, holder, schema,
                       name[1:-1] if inner == "value" else plain(name))

    def say(self, place, old):
        """`old` as it is to be written."""
        number, kind, holder, schema, new = place
        self.above[number] = f"-- @was {old}"
        moved = re.fullmatch(rf"({NAME})\.({NAME})", old)
        was, old = (plain(moved.group(1)), moved.group(2)) if moved else (schema, old)
        self.renames.append(Rename(kind, holder, plain(old), new,
                                   f"{was}.{plain(old)}", f"{schema}.{new}"))

    def text(self):
        return "".join((self.above[number] + "\n" if number in self.above else "")
                       + line + "\n" for number, line in enumerate(self.lines))


def quoted(name):
    return name if re.fullmatch(r"[a-z_]\w*", name) else '"' + name + '"'


def place_of_comment(lines, number):
    """What is named on the comment's own line, or what the line continues."""
    at = [p for p in lines.places if p[0] == number]
    return at[0] if at else [p for p in lines.places if p[0] < number][-1]


def take_comments(lines):
    for number, line in enumerate(lines.lines):
        found = COMMENT.search(line)
        if found:
            place = place_of_comment(lines, number)
            old = found.group(1)
            lines.say(place, quoted(plain(old)) if old[0] in "\"`" else old)


def take_hint(lines, hint, before):
    """One of meta.json's; nothing where the case itself does not follow it."""
    olds, news = (side.split(".") for side in hint.split("->"))
    if is_word(news[-1], before) and len(olds) != 2:
        return
    for place in lines.places:
        number, kind, holder, schema, name = place
        del number
        if name != news[-1] or (len(news) == 3) != (kind == "column"):
            continue
        if (kind == "column" and news[:2] == [schema, holder]) or (
                kind != "column" and news[-2:] in ([schema, name], [name])
                and (len(news) == 1) == (kind == "schema")):
            old = quoted(olds[-1])
            moves = len(olds) == 2 and olds[0] != news[0]
            lines.say(place, f"{quoted(olds[0])}.{old}" if moves else old)
            return


def annotated(start, end):
    """(text of the end with `@was`, [Rename]); no renames: the case has none."""
    lines = Lines(end.read_text(encoding="utf-8"))
    before = start.read_text(encoding="utf-8")
    take_comments(lines)
    for hint in meta_of(end).get("renames") or []:
        take_hint(lines, hint, before)
    return lines.text(), lines.renames
