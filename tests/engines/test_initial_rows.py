"""Initial rows, labels and views in C: constants, equal to what a database has."""

import json
import re
from pathlib import Path

from runner.engines import load, params

typed = load(Path(__file__).with_name("test_typed_c.py"))
HERE, WARNINGS = typed.HERE, typed.WARNINGS

MAIN = """#include "initial.h"
#include "%(name)s.h"

int
main(int argc, char **argv)
{
    struct schemac_db *db = NULL;
    int wrong = argc != 2;

    if (wrong == 0 && %(name)s_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db) != SCHEMAC_OK)
        wrong = printf("%%s\\n", schemac_error(db)->message);
%(calls)s
    schemac_close(db);
    if (wrong == 0)
        puts("ok");
    return wrong != 0;
}
"""
CALL = """    if (wrong == 0)
        wrong = compare_initial(db, &%(c)s_table, %(c)s_initial, %(upper)s_INITIAL_COUNT,
                                %(upper)s_INITIAL);
"""


def tables(env, source):
    done = env.schemac("gen", "-q", "--format", "json", source)
    env.check(done.code == 0, done.story())
    return json.loads(done.out)["tables"]


def constant_columns(table):
    mask = int(table["initial_mask"][0], 16)
    return [c["name"] for c in table["columns"] if mask >> c["number"] & 1]


def program(env, name, source):
    """It compares the rows of every table that has some; how many have."""
    found = [table for table in tables(env, source) if table["initial"]]
    calls = "".join(CALL % table for table in found)
    (env.dir / "main.c").write_text(MAIN % {"name": name, "calls": calls})
    return len(found)


def check_rows(env, name, source, least, database=None):
    folder = typed.generate(env, name, source)
    env.check(program(env, name, source) >= least, "tables with initial rows")
    library = None if database is None else typed.postgres_library(env)
    typed.compile_program(env, folder, env.dir / "main.c", f"-I{HERE}", *WARNINGS, "-O1",
                          "-g", library=library)
    typed.run_program(env, "./app", database=database or "app.db")


def test_initial_rows(env):
    check_rows(env, "rows", HERE / "rows", 2)


def test_initial_rows_on_postgres(env):
    check_rows(env, "rows", HERE / "rows", 2, env.postgres())


@params(("parking", 1), ("dealer", 6), ("bookings", 3))
def test_initial_rows_of_a_system(env, name, least):
    check_rows(env, name, env.root / "schemas" / name, least)


@params(("dealer", 6), ("bookings", 3))
def test_initial_rows_of_a_system_on_postgres(env, name, least):
    check_rows(env, name, env.root / "schemas" / name, least, env.postgres())


def test_what_only_a_database_knows_is_no_constant(env):
    found = {table["name"]: table for table in tables(env, HERE / "rows")}
    columns = [column["name"] for column in found["items"]["columns"]]
    left_out = set(columns) - set(constant_columns(found["items"]))
    env.equal(left_out, {"id", "any_size", "code", "doc", "units", "made_at", "half"},
              "columns that are no constants")
    env.equal(found["only_counted"]["initial"], [], "a table of which nothing is known")
    env.equal(constant_columns(found["nothing"]), ["id", "what"], "NULL is a constant")
    env.equal(found["nothing_initial"]["c"], "rows_nothing_initial_table", "a clash")


@params("gcc", "clang")
def test_no_warnings(env, compiler):
    folder = typed.generate(env, "rows", HERE / "rows")
    for source in sorted(folder.glob("*.c")):
        text = source.read_text()
        env.check(max(map(len, text.splitlines())) <= 90, f"{source.name} is too wide")
        done = env.run(compiler, *WARNINGS, "-O2", f"-I{env.root}/src/runtime",
                       f"-I{folder}", "-c", "-o", "x.o", source)
        env.check(done.code == 0 and done.err == "", done.story())
    for header in sorted(folder.glob("*.h")):
        done = env.run("g++", "-std=c++11", *WARNINGS[1:], f"-I{env.root}/src/runtime",
                       "-fsyntax-only", "-x", "c++", header)
        env.check(done.code == 0 and done.err == "", done.story())


def test_a_view_has_no_function_that_writes(env):
    folder = typed.generate(env, "rows", HERE / "rows")
    declared = re.findall(r"rows_loose_(\w+)\(", (folder / "rows_loose.h").read_text())
    env.equal(sorted(set(declared)), ["all", "close", "collect", "count", "next", "scan"],
              "functions of a view")


LABELS = """#include <stdio.h>
#include <string.h>

#include "rows.h"

int
main(int argc, char **argv)
{
    const char *const texts[ROWS_TINT_COUNT] = { "red", "green", "blue and grey" };
    enum rows_tint back;
    int ok = ROWS_TINT_COUNT == 3 && rows_tint_labels.count == ROWS_TINT_COUNT;

    (void)argv;
    for (int value = 1; value <= ROWS_TINT_COUNT; value++) {
        struct schemac_text label = rows_tint_labels.items[value - 1];

        ok = ok && strcmp(rows_tint_text((enum rows_tint)value), texts[value - 1]) == 0
             && label.len == strlen(texts[value - 1])
             && rows_tint_from_text(label, &back) && (int)back == value;
    }
    ok = ok && rows_tint_text(ROWS_TINT_NULL) == NULL;
    puts(ok && argc == 2 ? "ok" : "not ok");
    return 0;
}
"""


def test_labels_can_be_gone_through(env):
    folder = typed.generate(env, "rows", HERE / "rows")
    (env.dir / "labels.c").write_text(LABELS)
    typed.compile_program(env, folder, env.dir / "labels.c", *WARNINGS, "-O1")
    typed.run_program(env, "./app")


TABLES = """#include <stdio.h>
#include <string.h>

#include "rows.h"

int
main(int argc, char **argv)
{
    const struct schemac_table *t = &rows_uses_table;
    const struct schemac_key *k = &t->keys[t->key_count - 1];
    size_t comments = 0;
    int ok = argc == 2 && argv[1] != NULL;

    ok = ok && k->kind == SCHEMAC_KEY_FOREIGN && strcmp(k->refers_to, "pairs") == 0
         && k->column_count == 2 && strcmp(k->refers_to_columns[0], "b") == 0
         && strcmp(k->refers_to_columns[1], "a") == 0
         && strcmp(t->columns[k->columns[0]].name, "your") == 0
         && t->keys[0].refers_to_columns == NULL;
    ok = ok && strncmp(t->comment, "Who \\"uses\\" a pair,", 18) == 0
         && strcmp(strrchr(t->comment, ' '), " C") == 0;
    for (size_t i = 0; ok && i < t->column_count; i++)
        if (t->comments[i] != NULL)
            comments += strcmp(t->comments[i], "the other half") == 0 && i == 2 ? 1 : 9;
    for (size_t i = 0; i < rows_table_count; i++)
        if (rows_tables[i] != t)
            ok = ok && rows_tables[i]->comment == NULL
                 && rows_tables[i]->comments == NULL;
    puts(ok && comments == 1 ? "ok" : "not ok");
    return 0;
}
"""


def test_tables_tell_keys_and_comments(env):
    folder = typed.generate(env, "rows", HERE / "rows")
    (env.dir / "tables.c").write_text(TABLES)
    typed.compile_program(env, folder, env.dir / "tables.c", *WARNINGS, "-O1")
    typed.run_program(env, "./app")
