"""Templates: the document says what there is, and other outputs than C are right."""

import json
import re
from pathlib import Path

from runner.engines import params

HERE = Path(__file__).resolve().parent / "typed_c"
SYSTEMS = {"parking": [], "dealer": [], "variants": ["--dialect", "postgres"],
           "bookings": [], "bakery": ["--dialect", "postgres"]}


def view(env, *args):
    done = env.schemac("gen", "-q", "--format", "json", *args)
    env.check(done.code == 0, done.story())
    return json.loads(done.out, object_pairs_hook=lambda pairs: record(env, pairs))


def record(env, pairs):
    """The names of a record differ; the program does not ask, as it has millions."""
    names = [name for name, _ in pairs]
    env.check(len(set(names)) == len(names), f"a name is there twice: {names}")
    return dict(pairs)


# ---- the document ----


def documented(env):
    """Of each kind of record: field → type, as docs/templates.md has it."""
    text = (env.root / "docs/templates.md").read_text().split("## The values")[1]
    kinds = {}
    for section in text.split("\n### ")[1:]:
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.M)
        kinds[section.split("\n", 1)[0]] = dict(rows)
    return kinds


class Walk:
    """A tree beside the document: each record has the fields of its kind, no others."""

    def __init__(self, env, kinds):
        self.env, self.kinds, self.seen = env, kinds, set()

    def record(self, kind, value, where):
        self.env.equal(sorted(value), sorted(self.kinds[kind]), f"{where} is a {kind}")
        self.seen.add(kind)
        for name, field in value.items():
            self.value(self.kinds[kind][name], field, f"{where}.{name}")

    def value(self, said, value, where):
        if said.startswith("list of "):
            self.env.check(isinstance(value, list), f"{where} is no list")
            for item in value:
                self.value(said[len("list of "):], item, where)
        elif said.endswith(" or text") and value == "":
            return
        elif said.startswith("*"):
            self.record(said.split("*")[1], value, where)
        else:
            types = {"text": str, "number": int, "boolean": bool}
            self.env.check(type(value) is types[said], f"{where} is no {said}")


def test_the_document_names_every_value(env):
    kinds = documented(env)
    env.check(len(kinds) > 12, "the document has no records")
    walk = Walk(env, kinds)
    for name, flags in SYSTEMS.items():
        walk.record("root", view(env, *flags, env.root / "schemas" / name), name)
    for name in ("lot", "odd", "rows"):
        walk.record("root", view(env, HERE / name), name)
    env.equal(sorted(walk.seen), sorted(kinds), "kinds of records")


def test_the_document_names_every_kind_of_column(env):
    text = (env.root / "src/gen/view_facts.c").read_text().split("kind_of_type")[1]
    text = text.split("kind_of(const struct gen_column")[0]
    made = set(re.findall(r'return "(\w+)"', text)) | {"enum"}
    row = re.search(r"^\| `kind` \| text \| (`boolean`.*),",
                    (env.root / "docs/templates.md").read_text(), re.M)
    env.equal(set(re.findall(r"`(\w+)`", row[1])), made, "kinds of columns")


# ---- mistakes in a user's templates ----

MISTAKES = [
    ("${schema.nmae}", "there is no value schema.nmae", 3),
    ("% for t in schema", "the block has no end", 3),
    ("% for t in schema\n% end", "a loop needs a list: schema", 3),
    ("${tables}", "a list or record has no text: tables", 3),
    ("${schema.name|shout}", "there is no such filter", 3),
    ("% shout", "there is no such directive", 3),
    ("% include other.tmpl", "there is no template of this name: other.tmpl", 3),
    ("% include bad.tmpl", "inclusions are nested too deeply", 3),
    ("% if schema.name are x\n% end", "a condition is", 3),
    ("% if tables is x\n% end", "a list or record has no text: tables", 3),
    ("% end", "an end or else without its block", 3),
    ("${schema.name", "the brace is not closed", 3),
]


def refused(env, text, words, line):
    templates = env.dir / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "bad.tmpl").write_text(text)
    (templates / "good.tmpl").write_text("% file good\n")
    for option in ("--templates", "--templates-only"):
        done = env.refused(2, words, "gen", "--out", env.dir / "out", option, templates,
                           HERE / "lot")
        env.check(f"templates/bad.tmpl:{line}:1" in done.err, done.story())
        env.check(not (env.dir / "out").exists(), "something is written")


@params(*range(len(MISTAKES)))
def test_a_mistake_in_a_template(env, number):
    text, words, line = MISTAKES[number]
    refused(env, f"% file x\n\n{text}\n", words, line)


@params("../x", "/tmp/x", "a/b", "..", ".", "${schema.name}/x", "good")
def test_a_file_that_may_not_be_written(env, path):
    words = ("would be written twice" if path == "good"
             else "is no name for a file in the output folder")
    if path == "good":  # the one that is written second is refused: good.tmpl
        templates = env.dir / "templates"
        templates.mkdir()
        for name in ("a", "b"):
            (templates / f"{name}.tmpl").write_text("% file good\n")
        done = env.refused(2, words, "gen", "--out", env.dir / "out", "--templates",
                           templates, HERE / "lot")
        env.check("templates/b.tmpl:1:1" in done.err, done.story())
        env.check(not (env.dir / "out").exists(), "something is written")
    else:
        refused(env, f"% # head\n% file {path}\n", words, 2)


def test_templates_alone(env):
    """No C, but built-in templates can be included; an empty folder is a mistake."""
    templates = env.dir / "templates"
    templates.mkdir()
    done = env.refused(2, "writes a file", "gen", "--out", env.dir / "out",
                       "--templates-only", templates, HERE / "lot")
    (templates / "masks.tmpl").write_text(
        "% file masks.h\n% for table in tables\n% if table.can_insert\n"
        "% include part_mask.h.tmpl\n% end\n% end\n")
    env.ok("gen", "--out", env.dir / "out", "--templates-only", templates, HERE / "lot")
    env.equal([p.name for p in (env.dir / "out").iterdir()], ["masks.h"], "files")
    env.check("#define LOT_NOTES_ALL" in (env.dir / "out/masks.h").read_text(), "a mask")
    done = env.schemac("gen", "--out", "out", "--templates", templates,
                       "--templates-only", templates, HERE / "lot")
    env.check(done.code == 2 and "give one" in done.err, done.story())


# ---- the data dictionary ----


def cells(line):
    """Of a row of a table; what was escaped is itself again."""
    parts = re.split(r"(?<!\\)\|", line)[1:-1]
    return [re.sub(r"\\(.)", r"\1", part.strip()) for part in parts]


def tables_of(text):
    """Each heading with the rows of the first table below it."""
    found = {}
    for section in text.split("\n## ")[1:]:
        lines = section.split("\n")
        rows = []
        for line in lines[1:]:
            if line.startswith("| "):
                rows.append(cells(line))
            elif rows:
                break
        found[re.sub(r"\\(.)", r"\1", lines[0])] = rows[2:]
    return found


def more(env, name, *args):
    folder = env.dir / name
    env.ok("gen", "-q", "--out", folder, "--templates-only",
           env.root / "templates/more" / name, *args)
    return folder


def check_dictionary(env, source, *flags):
    tree = view(env, *flags, source)
    [path] = more(env, "data-dictionary", *flags, source).iterdir()
    found = tables_of(path.read_text())
    for table in tree["tables"]:
        title = ("View " if table["is_view"] else "Table ") + (
            table["schema_name"] + "." if table["schema_name"] else "") + table["name"]
        env.equal([row[0] for row in found[title]],
                  [column["name"] for column in table["columns"]], title)
        env.equal([row[1] for row in found[title]],
                  [column["type"] or "any" for column in table["columns"]], title)
        env.check(all(len(row) == 5 for row in found[title]), f"{title}: cells")
    env.equal(len(found["Versions"]), len(tree["versions"]), "versions")


@params(*SYSTEMS)
def test_data_dictionary(env, name):
    check_dictionary(env, env.root / "schemas" / name, *SYSTEMS[name])


@params("lot", "odd")
def test_data_dictionary_of_odd_names(env, name):
    check_dictionary(env, HERE / name)


# ---- JSON Schema ----


def is_type(name, value):
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    types = {"string": str, "boolean": bool, "null": type(None), "object": dict,
             "array": list, "integer": int}
    return isinstance(value, types[name]) and (name == "boolean"
                                               or not isinstance(value, bool))


NOTES = ("$schema", "$id", "$comment", "title", "description", "readOnly",
         "additionalProperties")
KEYWORDS = {
    "type": lambda said, value, _: is_type(said, value),
    "enum": lambda said, value, _: value in said,
    "minimum": lambda said, value, _: value >= said,
    "maximum": lambda said, value, _: value <= said,
    "maxLength": lambda said, value, _: len(value) <= said,
    "pattern": lambda said, value, _: re.search(said, value) is not None,
    "anyOf": lambda said, value, _: any(accepts(schema, value) for schema in said),
    "items": lambda said, value, _: all(accepts(said, item) for item in value),
    "required": lambda said, value, _: all(name in value for name in said),
    "properties": lambda said, value, whole: all(
        accepts(said[name], value[name]) if name in said
        else whole["additionalProperties"] for name in value),
}


def accepts(schema, value):
    """The part of draft 2020-12 that the templates use; another word is a mistake."""
    words = [word for word in schema if word not in NOTES]
    if "type" in words and not is_type(schema["type"], value):
        return False
    return all(KEYWORDS[word](schema[word], value, schema) for word in words)


GOOD = {"boolean": True, "integer": 7, "decimal": 0.5, "real": 1e300, "text": "x",
        "bytes": "\\x00ff", "date": "2024-02-29", "time": "23:59:59.5",
        "timetz": "23:59:59+02", "timestamp": "2024-02-29T23:59:59",
        "timestamptz": "2024-02-29T23:59:59.123+00:00", "interval": "1 day",
        "uuid": "0b0cb1f6-3a57-4b6e-8d3e-6a1f7a0a3c11", "json": {"a": [1]}, "other": "x"}
BAD = {"boolean": 1, "integer": 1.5, "decimal": "0.5", "real": "1", "text": 5,
       "bytes": "00ff", "date": "2024-02-29T00:00:00", "time": "noon",
       "timetz": "12:00:00", "timestamp": "2024-02-29",
       "timestamptz": "2024-02-29T23:59:59", "interval": 1,
       "uuid": "0b0cb1f6", "enum": "no label of it"}


def good_value(column):
    if column["kind"] == "enum":
        return column["labels"][0]["label"]
    return [GOOD[column["kind"]], None] if column["is_array"] else GOOD[column["kind"]]


def check_column(env, schema, row, column):
    """What the column may not be is refused; NULL only where it may be."""
    name, where = column["name"], f"{schema['title']}.{column['name']}"
    bad = [BAD[column["kind"]]] if column["kind"] in BAD else []
    if column["kind"] == "integer" and not column["is_array"]:
        bad.append(int(column["max"]) + 1)
    if column["max_length"] and not column["is_array"]:
        bad.append("x" * (column["max_length"] + 1))
    for value in bad:
        env.check(not accepts(schema, {**row, name: value}), f"{where}: {value!r}")
    if column["kind"] not in ("json", "other") or column["is_array"]:
        env.equal(accepts(schema, {**row, name: None}), column["is_nullable"], where)
    if column["must_give"]:
        env.check(not accepts(schema, {key: row[key] for key in row if key != name}),
                  f"{where} is left out")


def check_schemas(env, source, *flags):
    tree = view(env, *flags, source)
    folder = more(env, "json-schema", *flags, source)
    env.equal(len(list(folder.iterdir())), len(tree["tables"]), "a schema per table")
    for table in tree["tables"]:
        schema = json.loads((folder / f"{table['file']}.schema.json").read_text())
        row = {column["name"]: good_value(column) for column in table["columns"]}
        env.check(accepts(schema, row), f"{table['name']}: {row}")
        env.check(accepts(schema, {key: row[key] for key in schema["required"]}),
                  f"{table['name']}: what is required")
        env.check(not accepts(schema, {**row, "no such column": 1}), table["name"])
        env.check(not accepts(schema, []), table["name"])
        for column in table["columns"]:
            check_column(env, schema, row, column)


@params(*SYSTEMS)
def test_json_schema(env, name):
    check_schemas(env, env.root / "schemas" / name, *SYSTEMS[name])


@params("lot", "odd")
def test_json_schema_of_every_type(env, name):
    check_schemas(env, HERE / name)
