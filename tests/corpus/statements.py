"""How many statements a script holds, counted without any code of the compiler.

For SQLite the engine's own sqlite3_complete() says where a statement ends; for
PostgreSQL and MySQL it is the rule by which psql and mysql cut: a ';' outside of
quotes, comments, parentheses and the body of a routine.  A line of the client (\\copy,
DELIMITER) is a statement of its own, and so is what stands behind COPY ... FROM stdin:
its rows and their end.
"""

import re
import sqlite3

# What hides a ';', by the name of the group; each alternative is tried at one place.
COMMON = r"""
    (?P<line>   --[^\n]* )
  | (?P<block>  /\* )
  | (?P<string> '(?:[^']|'')*' )
  | (?P<name>   "(?:[^"]|"")*" )
  | (?P<tick>   `(?:[^`]|``)*` )
"""
LEXERS = {
    "sqlite": COMMON + r"| (?P<bracket> \[[^\]]*\] )",
    "pg": r"""
        (?P<escape> \b[eE]'(?:[^'\\]|''|\\.)*' )
      | (?P<dollar> (?<![\w$])\$(?P<tag>(?:[A-Za-z_\x80-\U0010ffff][\w]*)?)\$ )
      | (?P<client> ^[ \t]*\\[^\n]* )
      |""" + COMMON,
    "mysql": r"""
        (?P<escape> '(?:[^'\\]|''|\\.)*' )
      | (?P<hash>   \#[^\n]* )
      | (?P<client> ^[ \t]*delimiter[ \t]+(?P<delimiter>\S+)[^\n]* )
      |""" + COMMON,
}
REST = r"""
  | (?P<semicolon> ; ) | (?P<open> \( ) | (?P<close> \) )
  | (?P<word> \w+ ) | (?P<other> \S )
"""
FLAGS = re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE
LEXERS = {name: re.compile(text + REST, FLAGS) for name, text in LEXERS.items()}

HIDDEN = ("line", "hash")  # comments, which begin nothing


def count(text, dialect):
    """The number of statements in `text`."""
    return sum(1 for _ in cut(text, dialect))


def cut(text, dialect):
    """The statements, without their ends."""
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    if dialect == "sqlite":
        return cut_sqlite(text)
    return cut_mysql(text) if dialect == "mysql" else cut_client(text, dialect)


def tokens(text, dialect):
    """(kind, token, begin, end) of whatever is no comment and no blank."""
    lexer, at = LEXERS[dialect], 0
    while True:
        found = lexer.search(text, at)
        if found is None:
            return
        at = found.end()
        kind = found.lastgroup
        if kind in ("tag", "delimiter"):
            kind = "dollar" if kind == "tag" else "client"
        if kind == "block":
            at = skip_block(text, at, nested=dialect == "pg")
        elif kind == "dollar":
            end = text.find(found.group("dollar"), at)
            at = len(text) if end < 0 else end + len(found.group("dollar"))
            yield kind, "", found.start(), at
        elif kind not in HIDDEN:
            yield kind, found.group(), found.start(), at


def skip_block(text, at, nested):
    depth = 1
    for found in re.compile(r"/\*|\*/").finditer(text, at):
        if found.group() == "*/":
            depth -= 1
        elif nested:
            depth += 1
        if depth == 0:
            return found.end()
    return len(text)


def cut_sqlite(text):
    begin = None
    for kind, _, start, end in tokens(text, "sqlite"):
        if begin is None:
            begin = None if kind == "semicolon" else start
        elif kind == "semicolon" and sqlite3.complete_statement(text[begin:end]):
            yield text[begin:start]
            begin = None
    if begin is not None:
        yield text[begin:]


class Body:
    """BEGIN ... END of a routine, in which ';' ends nothing."""

    def __init__(self, dialect):
        self.dialect = dialect
        self.words = []  # the first of the statement
        self.depth = 0
        self.last = ""

    def see(self, word):
        word = word.lower()
        if len(self.words) < 8:
            self.words.append(word)
        if self.is_routine():
            self.count(word)
        self.last = word

    def is_routine(self):
        kinds = ("function", "procedure", "trigger", "event")
        return self.words[0] == "create" and any(k in self.words for k in kinds)

    def count(self, word):
        if word == "begin":
            self.depth += 1
        elif word == "case" and self.depth > 0 and self.last != "end":
            self.depth += 1
        elif word == "end" and self.depth > 0:
            self.depth -= 1
        elif self.last == "end" and word in ("if", "loop", "while", "repeat"):
            self.depth += 1  # that END was theirs


def cut_client(text, dialect):
    begin, parens, body, rows = None, 0, Body(dialect), 0
    for kind, token, start, end in tokens(text, dialect):
        if start < rows:
            continue
        if kind == "client":
            if begin is not None:
                yield text[begin:start]
            yield token.strip()
            begin, parens, body = None, 0, Body(dialect)
            continue
        if kind == "semicolon" and (begin is None or (parens <= 0 and body.depth == 0)):
            if begin is not None:
                yield text[begin:start]
                rows = end_of_rows(text, begin, end)
                if rows > end:
                    yield text[end:rows]
            begin, parens, body = None, 0, Body(dialect)
            continue
        begin = start if begin is None else begin
        parens += (kind == "open") - (kind == "close")
        if kind == "word":
            body.see(token)
    if begin is not None:
        yield text[begin:]


DELIMITER_LINE = re.compile(r"^[ \t]*delimiter[ \t]+(\S+)[^\n]*$",
                            re.MULTILINE | re.IGNORECASE)


def cut_mysql(text):
    """Behind a DELIMITER line what ends a statement is what the line says."""
    text = re.sub(r"/\*!\d*(.*?)\*/", r" \1 ", text, flags=re.DOTALL)  # MySQL reads these
    at, mark = 0, ";"
    for line in [*DELIMITER_LINE.finditer(text), None]:
        part = text[at:line.start() if line else len(text)]
        if mark == ";":
            yield from cut_client(part, "mysql")
        else:
            yield from (piece for piece in part.split(mark)
                        if next(tokens(piece, "mysql"), None))
        if line:
            yield line.group().strip()
            at, mark = line.end(), line.group(1)


def end_of_rows(text, begin, end):
    """Behind COPY ... FROM stdin; stand its rows, to a line of \\. alone."""
    if not re.match(r"copy\b.*\bfrom\s+stdin\b", text[begin:end], re.I | re.S):
        return end
    found = re.compile(r"^\\\.$", re.M).search(text, end)
    return len(text) if found is None else found.end()
