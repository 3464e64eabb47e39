"""The plan document: what it says is so, and both of its forms say the same.

Its numbers are counted anew from the database that each version makes.  Markdown is read
by what GitHub's tables are, HTML by Python's parser; text must arrive as it was written.
"""

import html
import json
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

from runner.databases import created, psql
from runner.engines import params

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
SYSTEMS = (("parking", "sqlite"), ("dealer", "sqlite"), ("dealer", "postgres"),
           ("variants", "postgres"), ("bookings", "postgres"), ("bakery", "postgres"))
WAYS = [(*system, way) for system in SYSTEMS for way in ("up", "down")]


def versions(name):
    return sorted((p.stem for p in (SCHEMAS / name).glob("*.sql")),
                  key=lambda v: [int(part) for part in v.split(".")])


# ---- the two forms, read ----

TEXT = re.compile(r"<code>(.*?)</code>|`([^`]*)`|\\([!-/:-@\[-`{-~])|(&#?\w+;)|(.)", re.S)


def plain(markdown):
    """The text that markdown without blocks stands for."""
    out = ""
    for tagged, code, escaped, entity, other in TEXT.findall(markdown):
        out += html.unescape(tagged) or code or escaped or html.unescape(entity) or other
    return out


def cells_of(line):
    """Pipes within cells are entities: each that is seen divides."""
    return [plain(cell.strip()) for cell in line.strip().strip("|").split("|")]


class Markdown:
    """Tables by the titles of the headings above them; code; lines of other kinds."""

    def __init__(self, text):
        self.tables, self.codes, self.headings = [], [], []
        fence, above = None, ""
        for line in text.split("\n"):
            if fence is not None:
                if line == fence:
                    fence = None
                else:
                    self.codes[-1] += line + "\n"
            elif line.startswith("```"):
                fence = line.rstrip("sql")
                self.codes.append("")
            elif line.startswith("#"):
                marks, title = line.split(" ", 1)
                self.headings.append((len(marks), plain(title)))
            elif line.startswith("|"):
                if not above.startswith("|"):
                    self.tables.append((self.headings[-1][1], []))
                self.tables[-1][1].append(cells_of(line))
            above = line
        assert fence is None, "a block of code does not end"
        for _, rows in self.tables:
            assert set(rows[1]) == {"---"}, rows[1]
            del rows[1]


class Html(HTMLParser):
    """The same of HTML; whatever is opened must be closed, innermost first."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.codes, self.headings, self.open = [], [], [], []
        self.ids, self.links, self.scripts = [], [], 0
        self.feed(text)
        self.close()
        assert self.open == [], self.open
        assert set(self.links) <= set(self.ids)
        assert len(set(self.ids)) == len(self.ids)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.scripts += tag == "script" or "src" in attrs
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a":
            self.links.append(attrs["href"].removeprefix("#"))
        if tag in ("meta", "input"):
            return
        self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        elif tag == "table":
            self.tables.append((self.headings[-1][1], []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][1][-1].append("")
        elif tag == "pre":
            self.codes.append("")

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data):
        if "pre" in self.open:
            self.codes[-1] += data
        elif {"td", "th"} & set(self.open):
            self.tables[-1][1][-1][-1] += data
        elif self.open and re.fullmatch("h[1-6]", self.open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


def plan(env, form, dialect, way, a, b, *options):
    direction = ("--down",) if way == "down" else ()
    return env.ok("plan", "-q", "--dialect", dialect, "--format", form, *direction,
                  *options, a, b)


def both_forms(env, *what):
    """The document, after its two forms were compared."""
    text = plan(env, "markdown", *what)
    page = plan(env, "html", *what)
    env.equal(plan(env, "markdown", *what), text, "made twice")
    found, other = Markdown(text), Html(page)
    for title, rows in found.tables:
        env.equal({len(row) for row in rows}, {len(rows[0])}, f"columns of {title}")
    env.equal(other.headings, found.headings, "headings")
    env.equal([(t, [[cell.strip() for cell in row] for row in rows])
               for t, rows in other.tables], found.tables, "tables")
    env.equal(other.codes, found.codes, "code")
    env.equal(other.scripts, 0, "scripts and parts from elsewhere")
    return found


def tables_named(document, title):
    return [rows for name, rows in document.tables if name == title]


# ---- numbers, counted by the engines ----

def count_sqlite(env, source):
    """What stands in the database that the declarations make."""
    db = sqlite3.connect(":memory:")
    db.executescript(env.ok("ddl", "-q", "--dialect", "sqlite", source))

    def one(sql):
        return db.execute(sql).fetchone()[0]

    tables = "(SELECT name FROM sqlite_schema WHERE type = 'table'" \
             " AND name NOT LIKE 'sqlite_%' AND name <> 'schemac_comments')"
    names = [row[0] for row in db.execute(f"SELECT name FROM {tables}")]
    return {
        "tables": len(names),
        "columns": one(f"SELECT count(*) FROM {tables} t, pragma_table_xinfo(t.name)"),
        "unique constraints": one(f"SELECT count(*) FROM {tables} t, pragma_index_list"
                                  "(t.name) AS i WHERE i.origin = 'u'"),
        "foreign keys": one(f"SELECT count(*) FROM {tables} t, "
                            "pragma_foreign_key_list(t.name) AS k WHERE k.seq = 0"),
        "indexes besides those of keys": one("SELECT count(*) FROM sqlite_schema"
                                             " WHERE type = 'index' AND sql NOTNULL"),
        "views": one("SELECT count(*) FROM sqlite_schema WHERE type = 'view'"),
        "objects of kind trigger": one("SELECT count(*) FROM sqlite_schema"
                                       " WHERE type = 'trigger'"),
        "initial rows": sum(one(f'SELECT count(*) FROM "{n}"') for n in names),
    }


COUNTS = """
WITH r AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace),
     k AS (SELECT * FROM pg_constraint WHERE conrelid IN (SELECT oid FROM r))
SELECT 'tables', count(*) FROM r WHERE relkind IN ('r', 'p') UNION ALL
SELECT 'columns', count(*) FROM pg_attribute WHERE attnum > 0 AND attrelid IN
    (SELECT oid FROM r WHERE relkind IN ('r', 'p')) UNION ALL
SELECT 'primary keys', count(*) FROM k WHERE contype = 'p' UNION ALL
SELECT 'unique constraints', count(*) FROM k WHERE contype = 'u' UNION ALL
SELECT 'check constraints', count(*) FROM k WHERE contype = 'c' UNION ALL
SELECT 'foreign keys', count(*) FROM k WHERE contype = 'f' UNION ALL
SELECT 'exclusion constraints', count(*) FROM k WHERE contype = 'x' UNION ALL
SELECT 'indexes besides those of keys', count(*) FROM r WHERE relkind = 'i'
    AND oid NOT IN (SELECT conindid FROM k WHERE contype IN ('p', 'u', 'x')) UNION ALL
SELECT 'views', count(*) FROM r WHERE relkind IN ('v', 'm') UNION ALL
SELECT 'enumerations', count(*) FROM pg_type WHERE typtype = 'e' UNION ALL
SELECT 'objects of kind trigger', count(*) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
SELECT 'objects of kind policy', count(*) FROM pg_policy;
"""


def count_postgres(env, source):
    answer = psql(env, created(env, source), COUNTS)
    return dict(line.rsplit("|", 1) for line in answer.strip().split("\n"))


def check_counts(env, table, before, after, what):
    said = {row[0]: row[1:] for row in table[1:]}
    for name, number in before.items():
        expected = [str(number), str(after[name])]
        env.equal(said.get(name, ["0", "0"])[:2], expected, f"{what}: {name}")


@params(*SYSTEMS)
def test_what_is_counted(env, name, dialect):
    """The first version, the last, and each but bookings' between them."""
    all_versions = versions(name)
    text = plan(env, "markdown", dialect, "up", SCHEMAS / f"{name}@{all_versions[0]}",
                SCHEMAS / f"{name}@{all_versions[-1]}")
    tables = tables_named(Markdown(text), "Version comparison")
    env.equal(len(tables), len(all_versions) - 1, "parts")
    count = count_sqlite if dialect == "sqlite" else count_postgres
    looked_at = range(len(tables)) if name != "bookings" else (0, len(tables) - 1)
    for i in looked_at:
        a, b = all_versions[i:i + 2]
        check_counts(env, tables[i], count(env, SCHEMAS / f"{name}@{a}"),
                     count(env, SCHEMAS / f"{name}@{b}"), f"{a} to {b}")
    for one, next_one in zip(tables, tables[1:]):
        after = {row[0]: row[2] for row in one[1:] if row[2] != "0"}
        before = {row[0]: row[1] for row in next_one[1:] if row[1] != "0"}
        env.equal(before, after, "where one version ends, the next begins")


# ---- each change, and the steps that make it ----

def done_by(step):
    """What the step carries out, without what it makes way for."""
    return [cause for cause in step["causes"] if cause["done_here"]]


@params(*WAYS)
def test_each_change_has_its_steps(env, name, dialect, way):
    all_versions = versions(name)
    ends = (SCHEMAS / f"{name}@{all_versions[0]}", SCHEMAS / f"{name}@{all_versions[-1]}")
    document = both_forms(env, dialect, way, *ends)
    plans = json.loads(plan(env, "json", dialect, way, *ends))["plans"]
    tables = tables_named(document, "Traceability")
    changing = [p for p in plans if any(done_by(step) for step in p["steps"])]
    env.equal(len(tables), len(changing), "parts with changes")
    traced = 0
    for one, rows in zip(changing, tables):
        said = {}
        for change, place, steps in rows[1:]:
            env.check(steps != "none", f"no step makes it: {change}")
            said.setdefault(change, set()).update(int(n) for n in steps.split(", "))
            file, line = place.rsplit(":", 1)
            env.check(int(line) <= len(Path(file).read_text().split("\n")), place)
            traced += 1
        for step in one["steps"]:
            for cause in done_by(step):
                # A constraint of a table that is made or dropped is no change by itself.
                names = (cause["change"], f"create table {step['table']}",
                         f"drop table {step['table']}")
                env.check(step["number"] in next(said[n] for n in names if n in said),
                          f"{step['title']} is not named for {cause['change']}")
    env.check(traced >= 8, f"{traced} changes")
    return f"{traced} changes of {name} ({dialect}, {way}) have their steps"


@params(*WAYS)
def test_every_statement_is_there(env, name, dialect, way):
    """Those of the way and those of the way back, and each part has its own."""
    ends = [SCHEMAS / f"{name}@{version}" for version in versions(name)[::len(
        versions(name)) - 1]]
    other = "down" if way == "up" else "up"
    document = Markdown(plan(env, "markdown", dialect, way, *ends))
    plans = json.loads(plan(env, "json", dialect, way, *ends))["plans"]
    backs = json.loads(plan(env, "json", dialect, other, *ends))["plans"][::-1]
    everything = "\n".join(document.codes)
    for step in (step for one in plans + backs for step in one["steps"]):
        for sql in step["sql"]:
            env.check(sql in everything, f"{step['title']}: {sql}")
    figures = [dict(rows[1:]) for rows in tables_named(document, "Summary")
               if rows[0][0] == "What"]
    env.equal([f["steps"] for f in figures], [str(len(p["steps"])) for p in plans],
              "steps")
    env.equal([f["data steps"] for f in figures],
              [str(sum(s["phase"] in ("fill", "data") for s in p["steps"]))
               for p in plans], "data steps")
    told = [[row[1:3] for row in rows[1:]] for rows in tables_named(document, "Rollback")]
    env.equal(told, [[[s["title"], s["loses"] or "nothing"] for s in p["steps"]]
                     for p in backs if p["steps"]], "ways back")


# ---- what breaks programs ----

T = "CREATE TABLE t (id integer PRIMARY KEY, n integer, s text);\n"
NONE, CHECK, BREAKS = "compatible", "check", "breaking"
F = "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
G = "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
TRIGGER = "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();\n"
POLICY = "CREATE POLICY p ON t USING (n > 0);\n"
STATISTICS = "CREATE STATISTICS x ON n, s FROM t;\n"


def column(words):
    return f"CREATE TABLE t (id integer PRIMARY KEY, n {words}, s text);\n"


# why: (from, to, readers, writers), for PostgreSQL, or with a dialect in front.
RULES = {
    "nobody uses it yet": ("", T, NONE, NONE),
    "the table is gone": (T, "", BREAKS, BREAKS),
    "the table's old name is gone": (
        T, "-- @was t\n" + T.replace("TABLE t", "TABLE u"), BREAKS, BREAKS),
    "rows that no policy admits can be neither seen nor written": (
        T, T + "ALTER TABLE t ENABLE ROW LEVEL SECURITY;", BREAKS, BREAKS),
    "values of another type than the column's are refused": (
        "sqlite", T, T.replace(");", ") STRICT;"), NONE, CHECK),
    "statements on the table mean what they meant": (
        T, T.replace(");", ") WITH (fillfactor = 50);"), NONE, NONE),
    "queries on the parent see other rows, and rows may have to fit a bound": (
        T + "CREATE TABLE c (id integer PRIMARY KEY, n integer, s text);",
        T + "CREATE TABLE c (id integer PRIMARY KEY, n integer, s text) INHERITS (t);",
        CHECK, CHECK),
    "a comment on a table does nothing": (
        T, T + "COMMENT ON TABLE t IS 'x';", NONE, NONE),
    "rows that no partition takes are refused": (
        "CREATE TABLE t (n integer);",
        "CREATE TABLE t (n integer) PARTITION BY RANGE (n);", NONE, CHECK),
    "an INSERT that leaves the new column out is refused": (
        T, T.replace("s text", "s text, z integer NOT NULL"), NONE, BREAKS),
    "statements that do not name the new column go on as before": (
        T, T.replace("s text", "s text, z integer"), NONE, NONE),
    "the column is gone": (T, T.replace(", s text", ""), BREAKS, BREAKS),
    "the column's old name is gone": (
        T, T.replace("s text", "\n-- @was s\nz text"), BREAKS, BREAKS),
    "all old values fit, and larger ones may come to who reads": (
        T, column("bigint"), CHECK, NONE),
    "values that were allowed are refused for their size": (
        column("varchar(20)"), column("varchar(10)"), NONE, BREAKS),
    "values are of another type": (T, column("text"), BREAKS, BREAKS),
    "NULL is refused": (T, column("integer NOT NULL"), NONE, BREAKS),
    "NULL may come where none came before": (
        column("integer NOT NULL"), T, BREAKS, NONE),
    "an INSERT that relied on the default is refused": (
        column("integer NOT NULL DEFAULT 1"), column("integer NOT NULL"), NONE, BREAKS),
    "an INSERT that leaves the column out writes another value": (
        column("integer DEFAULT 1"), column("integer DEFAULT 2"), NONE, CHECK),
    "the value is worked out and may not be written": (
        T, column("integer GENERATED ALWAYS AS (id * 2) STORED"), CHECK, BREAKS),
    "the value is worked out otherwise, or must be written now": (
        column("integer GENERATED ALWAYS AS (id * 2) STORED"), T, CHECK, CHECK),
    "who gives the column its numbers is another": (
        column("integer NOT NULL"),
        column("integer NOT NULL GENERATED ALWAYS AS IDENTITY"), NONE, CHECK),
    "texts are ordered and compared otherwise": (
        T, T.replace("s text", 's text COLLATE "C"'), CHECK, CHECK),
    "values are kept otherwise and are the same": (
        T, T + "ALTER TABLE t ALTER COLUMN s SET STORAGE EXTERNAL;", NONE, NONE),
    "a comment on a column does nothing": (
        T, T + "COMMENT ON COLUMN t.s IS 'x';", NONE, NONE),
    "columns are named, and no step changes their order": (
        T, "CREATE TABLE t (id integer PRIMARY KEY, s text, n integer);", NONE, NONE),
    "rows that break the new rule are refused": (
        T, column("integer CHECK (n > 0)"), NONE, BREAKS),
    "duplicates may come, and ON CONFLICT no longer finds the key": (
        column("integer UNIQUE"), T, CHECK, CHECK),
    "rows that the rule refused may come": (
        column("integer CHECK (n > 0)"), T, CHECK, NONE),
    "new rows were held to the rule already": (
        T + "ALTER TABLE t ADD CONSTRAINT k CHECK (n > 0) NOT VALID;",
        T + "ALTER TABLE t ADD CONSTRAINT k CHECK (n > 0);", NONE, NONE),
    "ON CONFLICT ON CONSTRAINT and what reads errors know it by name": (
        column("integer CONSTRAINT a UNIQUE"), column("integer CONSTRAINT b UNIQUE"),
        NONE, CHECK),
    "rows that repeat the key of the new index are refused": (
        T, T + "CREATE UNIQUE INDEX i ON t (n);", NONE, BREAKS),
    "an index answers the same faster": (T, T + "CREATE INDEX i ON t (n);", NONE, NONE),
    "duplicates may come, and ON CONFLICT no longer finds the index": (
        T + "CREATE UNIQUE INDEX i ON t (n);", T, CHECK, CHECK),
    "queries that used the index answer the same more slowly": (
        T + "CREATE INDEX i ON t (n);", T, CHECK, NONE),
    "the index is kept otherwise and answers the same": (
        T + "CREATE INDEX i ON t ((n + 1));", T + "CREATE INDEX i ON t ((n + 1));\n"
        "ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 50;", NONE, NONE),
    "statements do not name an index": (
        T + "CREATE INDEX i ON t (n);", T + "-- @was i\nCREATE INDEX j ON t (n);",
        NONE, NONE),
    "nobody reads the view yet": (
        T, T + "CREATE VIEW v AS SELECT id FROM t;", NONE, NONE),
    "the view is gone": (T + "CREATE VIEW v AS SELECT id FROM t;", T, BREAKS, BREAKS),
    "the view's columns stay, its query is another": (
        T + "CREATE VIEW v AS SELECT id FROM t;",
        T + "CREATE VIEW v AS SELECT id, n FROM t;", CHECK, CHECK),
    "columns of the view are gone": (
        T + "CREATE VIEW v AS SELECT id, n FROM t;",
        T + "CREATE VIEW v AS SELECT n FROM t;", BREAKS, BREAKS),
    "nobody uses the type yet": ("", "CREATE TYPE e AS ENUM ('a');", NONE, NONE),
    "casts to the type fail": ("CREATE TYPE e AS ENUM ('a');", "", BREAKS, BREAKS),
    "casts to the type's old name fail": (
        "CREATE TYPE e AS ENUM ('a');", "-- @was e\nCREATE TYPE g AS ENUM ('a');",
        CHECK, CHECK),
    "under the type's name there is another one then": (
        "CREATE DOMAIN d AS integer;", "CREATE DOMAIN d AS bigint;", CHECK, CHECK),
    "the type that made room goes, and no statement names it": (
        "CREATE DOMAIN d AS text;", "CREATE TYPE d AS ENUM ('a');", NONE, NONE),
    "values that readers do not know may come": (
        "CREATE TYPE e AS ENUM ('a', 'c');", "CREATE TYPE e AS ENUM ('a', 'b', 'c');",
        CHECK, NONE),
    "a value is gone or has another name": (
        "CREATE TYPE e AS ENUM ('a', 'b');", "CREATE TYPE e AS ENUM ('a');",
        BREAKS, BREAKS),
    "it acts when rows are written": (T + G, T + G + TRIGGER, NONE, CHECK),
    "a new policy decides which rows are shown and taken": (T, T + POLICY, CHECK, CHECK),
    "nobody uses the object yet": (T, T + F, NONE, NONE),
    "it no longer acts when rows are written": (T + G + TRIGGER, T + G, CHECK, CHECK),
    "rows that the policy admitted may be hidden and refused": (
        T + POLICY, T, BREAKS, BREAKS),
    "no statement names it": (T + STATISTICS, T, NONE, NONE),
    "the object, or the right to use it, is gone": (T + F, T, BREAKS, BREAKS),
    "it is another, and no statement names it": (
        T + STATISTICS, T + STATISTICS.replace("n, s", "id, s"), NONE, NONE),
    "the object does something else under its old name": (
        T + F, T + F.replace("1", "2"), CHECK, CHECK),
    "the object's old name is gone": (
        T + "CREATE SEQUENCE q;", T + "-- @was q\nCREATE SEQUENCE z;", BREAKS, BREAKS),
    "a comment on an object does nothing": (
        T + "CREATE INDEX i ON t (n);",
        T + "CREATE INDEX i ON t (n);\nCOMMENT ON INDEX i IS 'x';", NONE, NONE),
    "rows that nobody wrote are there, with their keys": (
        T, T + "INSERT INTO t (id, n) VALUES (1, 1);", CHECK, CHECK),
}
# Lowering makes triggers of the first two; the last is refused before there is a plan.
NEVER_PLANNED = {"which rows may be changed and deleted is another",
                 "whether an UPDATE sets the column by itself is another",
                 # a step's, not a change that anybody declares
                 "the table has its name and its rows in the same moment"}


def test_each_rule_of_impact(env):
    text = (env.root / "src/plan/document_impact.def").read_text()
    whys = re.findall(r'^IMPACT\(.*, "(.*)"\)$', text, re.M)
    env.equal(sorted(set(whys) - NEVER_PLANNED), sorted(RULES), "rules that have a case")
    wrong = []
    for why, (*dialect, before, after, readers, writers) in RULES.items():
        a, b = env.dir / "from.sql", env.dir / "to.sql"
        a.write_text(before)
        b.write_text(after)
        text = plan(env, "markdown", *(dialect or ["postgres"]), "up", a, b)
        document = Markdown(text)
        rows = [row for rows in tables_named(document, "Impact on running programs")
                for row in rows if row[-1] == why]
        if [row[1:3] for row in rows] != [[readers, writers]]:
            wrong.append((why, rows))
    env.equal(wrong, [], "rules")
    return f"{len(RULES)} rules of impact have a case"


# ---- hostile names, and no way back ----

ODD = ("a|b", "\\", "\\|", "`", "``` `", "<script>", "</code>", "&amp;", "*x*", "_y_",
       "[l](u)", "'", '""', "- z", "1. n", "# h", " blank ", "$m$", "~~s~~", "Zoë",
       "two\nlines", "tab\there")


@params(("sqlite",), ("postgres",))
def test_names_arrive_as_they_are(env, dialect):
    table = "CREATE TABLE t (id integer PRIMARY KEY"
    names = [name for name in ODD if dialect == "sqlite" or len(name.encode()) < 64]
    a, b = env.dir / "from.sql", env.dir / "to.sql"
    a.write_text(table + ");\n")
    b.write_text(table + "".join(f',\n    "{name}" text' for name in names) + ");\n")
    document = both_forms(env, dialect, "up", a, b)
    shown = {row[0] for row in tables_named(document, "Traceability")[0][1:]}
    for name in names:
        title = "add column t." + name.replace('""', '"').replace("\n", " ").replace(
            "\t", " ")
        env.check(title.strip() in shown, f"{title!r} in {shown}")


def test_a_line_in_a_name_ends_no_comment(env):
    """What stands behind a line's end in a name is not run."""
    a, b = env.dir / "from.sql", env.dir / "to.sql"
    a.write_text("CREATE TABLE t (id integer PRIMARY KEY);\n")
    b.write_text("CREATE TABLE t (id integer PRIMARY KEY);\n"
                 'CREATE TABLE "x\nCREATE TABLE y (id integer);--" (id integer);\n')
    path = env.sqlite(sql=a.read_text())
    env.sqlite_script(path, env.ok("diff", "-q", "--dialect", "sqlite", a, b))
    env.equal(env.query(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'y'"),
              [(0,)], "tables called y")
    for code in Markdown(plan(env, "markdown", "sqlite", "up", a, b)).codes:
        outside = re.sub(r'"[^"]*"|\'[^\']*\'|^--.*$', "", code, flags=re.M)
        env.check("TABLE y" not in outside, code)


def test_no_way_back(env):
    """Why not is told; that nobody asked for it is no error."""
    a, b = env.dir / "from.sql", env.dir / "to.sql"
    a.write_text("-- @schema odd\nCREATE TABLE t (id integer PRIMARY KEY, n text);\n")
    b.write_text("-- @schema odd\nCREATE TABLE t (id integer PRIMARY KEY,\n"
                 "    n integer -- @back regexp_replace(n::text, 'a', 'b', 'g')\n);\n")
    why = "SQLite has no function regexp_replace()"
    env.refused(2, why, "plan", "--dialect", "sqlite", "--down", a, b)
    done = env.schemac("plan", "-q", "--dialect", "sqlite", "--format", "markdown", a, b)
    env.check(done.code == 0 and done.err == "", done.story())
    env.check('There is no way back: @back of "t.n": ' + why in done.out, done.story())


def test_what_was_not_allowed_is_said(env):
    a, b = env.dir / "from.sql", env.dir / "to.sql"
    a.write_text("CREATE TABLE t (id integer PRIMARY KEY, gone text);\n")
    b.write_text("CREATE TABLE t (id integer PRIMARY KEY);\n")
    for options, word in (((), "not allowed"), (("--allow", "data-loss"), "allowed")):
        document = Markdown(plan(env, "markdown", "postgres", "up", a, b, *options))
        risks = tables_named(document, "Risks and their mitigation")[0]
        env.equal(risks[1][:3], [f"data-loss, {word}", "01", "column t.gone"], "risk")
    env.refused(2, "text, json, markdown or html", "plan", "--dialect", "sqlite",
                "--format", "xml", a, b)
