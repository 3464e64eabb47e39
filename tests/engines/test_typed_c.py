"""Generated C compiles without a warning, keeps every value, is the same each time."""

import os
import re
from pathlib import Path

from runner.base import Skip, need_proc, sanitizer_flags
from runner.engines import params

HERE = Path(__file__).resolve().parent / "typed_c"
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow",
            "-Werror"]
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"]


def generate(env, name="lot", source=HERE / "lot"):
    folder = env.dir / name
    env.ok("gen", "--out", folder, source)
    return folder


def compile_program(env, folder, program, *flags, library=None):
    """The generated sources and a program, linked with the library or its sources."""
    link = library or [env.context.build / "libschemac-sqlite.a", "-lsqlite3"]
    done = env.run("cc", "-std=c11", *flags, *sanitizer_flags(),
                   f"-I{env.root}/src", f"-I{env.root}/src/runtime", f"-I{folder}",
                   "-o", "app", *sorted(folder.glob("*.c")), HERE / program, *link)
    env.check(done.code == 0, done.story())


def run_program(env, *command, database="app.db"):
    done = env.run(*command, database)
    env.equal((done.code, done.out), (0, "ok\n"), done.story())


@params(("gcc", "lot", "round_trip.c"), ("gcc", "odd", "odd.c"),
        ("clang", "lot", "round_trip.c"), ("clang", "odd", "odd.c"),
        ("gcc", "arrays", "arrays.c"), ("clang", "arrays", "arrays.c"),
        ("gcc", "shapes", "shapes.c"), ("clang", "shapes", "shapes.c"),
        ("gcc", "lists", "lists.c"), ("clang", "lists", "lists.c"),
        ("gcc", "lists", "many.c"), ("clang", "lists", "many.c"),
        ("gcc", "longest", "longest.c"), ("clang", "longest", "longest.c"))
def test_no_warnings(env, compiler, schema, program):
    folder = generate(env, schema, HERE / schema)
    for source in [*sorted(folder.glob("*.c")), HERE / program]:
        for level in ("-O0", "-O2"):
            done = env.run(compiler, *WARNINGS, level, f"-I{env.root}/src",
                           f"-I{env.root}/src/runtime",
                           f"-I{folder}", "-c", "-o", "x.o", source)
            env.check(done.code == 0 and done.err == "", done.story())


@params(("c++11", "lot"), ("c++20", "lot"), ("c++20", "odd"), ("c++11", "arrays"),
        ("c++20", "shapes"), ("c++11", "lists"), ("c++20", "lists"))
def test_headers_as_cpp(env, standard, schema):
    folder = generate(env, schema, HERE / schema)
    headers = sorted(folder.glob("*.h"))
    env.check(headers, "no header is generated")
    for header in headers:
        done = env.run("g++", f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic",
                       "-Wconversion", "-Wshadow", "-Werror", f"-I{env.root}/src/runtime",
                       "-fsyntax-only", "-x", "c++", header)
        env.check(done.code == 0 and done.err == "", done.story())


def test_round_trip(env):
    compile_program(env, generate(env), "round_trip.c", "-O2")
    run_program(env, "./app")


def postgres_library(env):
    return [env.context.build / "libschemac-postgres.a", "-lpq"]


def test_round_trip_on_postgres(env):
    compile_program(env, generate(env), "round_trip.c", "-O2",
                    library=postgres_library(env))
    run_program(env, "./app", database=env.postgres())


def test_odd_names_on_postgres(env):
    compile_program(env, generate(env, "odd", HERE / "odd"), "odd.c", "-O1", "-g",
                    library=postgres_library(env))
    run_program(env, "./app", database=env.postgres())


def test_odd_names(env):
    compile_program(env, generate(env, "odd", HERE / "odd"), "odd.c", "-O1", "-g")
    run_program(env, "./app")


@params("sqlite", "postgres")
def test_shapes(env, engine):
    """Keys over several columns, @c, and what is unique or refers only sometimes."""
    compile_program(env, generate(env, "shapes", HERE / "shapes"), "shapes.c", "-O1",
                    "-g", library=postgres_library(env) if engine == "postgres" else None)
    run_program(env, "./app",
                database=env.postgres() if engine == "postgres" else "app.db")


@params("sqlite", "postgres", "")
def test_upserts_that_each_engine_can(env, engine):
    """NULLS NOT DISTINCT is expressions to SQLite, which ON CONFLICT does not find."""
    (env.dir / "nulls").mkdir()
    (env.dir / "nulls/1.0.0.sql").write_text(
        "CREATE TABLE t (a int NOT NULL, b int,\n"
        "                UNIQUE NULLS NOT DISTINCT (a, b));\n"
        "CREATE UNIQUE INDEX t_b ON t (b) NULLS NOT DISTINCT;\n"
        "CREATE UNIQUE INDEX t_a ON t (a) NULLS NOT DISTINCT;\n")
    env.ok("gen", "-q", *(["--dialect", engine] if engine else []), "--out", "out",
           "nulls")
    header = (env.dir / "out/nulls_t.h").read_text()
    upserts = sorted(set(re.findall(r"nulls_t_upsert_by_\w+", header)))
    env.equal(upserts, [f"nulls_t_upsert_by_{key}" for key in
                        (["a", "a_b", "b"] if engine == "postgres" else ["a"])], "")


def library_sources(env, engine="sqlite"):
    """Of the library for one engine alone."""
    other = ("sqlite", "row_sqlite") if engine == "postgres" else "postgres"
    flags = {"postgres": ["-I" + env.run("pg_config", "--includedir").out.strip(),
                          "-lpq"], "sqlite": ["-lsqlite3"]}
    return [*(path for path in sorted((env.root / "src/runtime").glob("*.c"))
              if not path.name.startswith(other)
              and not path.name.startswith("drivers_")),
            *sorted((env.root / "src/runtime").glob(f"drivers_{engine}*.c")),
            *flags[engine]]


def test_round_trip_sanitized(env):
    if os.environ.get("SANITIZE"):
        raise Skip("test_round_trip is sanitized already")
    need_proc()
    compile_program(env, generate(env), "round_trip.c", "-O1", *SANITIZERS,
                    library=library_sources(env))
    run_program(env, "./app")


def test_faults_of_a_file(env):
    """Locked, full, changed by others, damaged in the middle of a cursor."""
    if os.environ.get("SANITIZE"):
        compile_program(env, generate(env), "lost_file.c", "-O1")
    else:
        need_proc()
        compile_program(env, generate(env), "lost_file.c", "-O1", *SANITIZERS,
                        library=library_sources(env))
    run_program(env, "./app")


def test_round_trip_under_valgrind(env):
    if os.environ.get("SANITIZE"):
        raise Skip("valgrind does not run sanitized programs")
    need_proc()
    compile_program(env, generate(env), "round_trip.c", "-O1", "-g")
    run_program(env, "valgrind", "-q", "--error-exitcode=9", "--leak-check=full",
                "--show-leak-kinds=all", "./app")


def arrays(env, *flags, library=None):
    compile_program(env, generate(env, "arrays", HERE / "arrays"), "arrays.c", "-O1",
                    "-g", *flags, library=library)


def test_arrays(env):
    """In and out, refused, malformed; and each allocation fails once."""
    arrays(env)
    run_program(env, "./app", "app.db", database="fail")


def test_arrays_on_postgres(env):
    arrays(env, library=postgres_library(env))
    run_program(env, "./app", env.postgres(), database="fail")


@params("sqlite", "postgres")
def test_arrays_sanitized(env, engine):
    if os.environ.get("SANITIZE"):
        raise Skip("test_arrays is sanitized already")
    need_proc()
    sources = [path for path in library_sources(env, engine)
               if Path(path).name != "memory.c"]
    arrays(env, *SANITIZERS, library=sources)
    run_program(env, "./app",
                database=env.postgres() if engine == "postgres" else "app.db")


def lists(env, engine, *flags, library=None):
    compile_program(env, generate(env, "lists", HERE / "lists"), "lists.c", "-O1", "-g",
                    *flags, library=library)
    run_program(env, "./app", env.postgres() if engine == "postgres" else "app.db",
                database="fail")


@params("sqlite", "postgres")
def test_lists(env, engine):
    """The rows of a list by a key of each type, by an index; refused; out of memory."""
    lists(env, engine,
          library=postgres_library(env) if engine == "postgres" else None)


@params("sqlite", "postgres")
def test_lists_sanitized(env, engine):
    if os.environ.get("SANITIZE"):
        raise Skip("test_lists is sanitized already")
    need_proc()
    lists(env, engine, *SANITIZERS,
          library=[path for path in library_sources(env, engine)
                   if Path(path).name != "memory.c"])


@params("sqlite", "postgres")
def test_many_rows(env, engine):
    """What comes back to which row, which row is refused, and triggers."""
    folder = generate(env, "lists", HERE / "lists")
    if os.environ.get("SANITIZE"):
        library = postgres_library(env) if engine == "postgres" else None
        compile_program(env, folder, "many.c", "-O1", library=library)
    else:
        need_proc()
        compile_program(env, folder, "many.c", "-O1", *SANITIZERS,
                        library=library_sources(env, engine))
    run_program(env, "./app",
                database=env.postgres() if engine == "postgres" else "app.db")


@params("sqlite", "postgres")
def test_values_too_long_together(env, engine):
    """Nothing is sent, the handle goes on; the memory is mapped only."""
    compile_program(env, generate(env, "longest", HERE / "longest"), "longest.c", "-O1",
                    "-g", library=postgres_library(env) if engine == "postgres" else None)
    done = env.run("./app", env.postgres() if engine == "postgres" else "app.db")
    if done.code == 77:
        raise Skip("so much memory cannot be mapped here")
    env.equal((done.code, done.out), (0, "ok\n"), done.story())


@params("sqlite", "postgres")
def test_random_arrays(env, engine):
    """The program that makes rows for any schema, over arrays of every type."""
    schema = env.dir / "corpus"
    schema.mkdir()
    text = (HERE / "arrays/1.0.0.sql").read_text().replace("@schema arrays",
                                                           "@schema corpus")
    (schema / "1.0.0.sql").write_text(re.sub(r"-- @c struct \w+_opt_array", "", text))
    library = postgres_library(env) if engine == "postgres" else [
        env.context.build / "libschemac-sqlite.a", "-lsqlite3"]
    programs = sorted((env.root / "tests/corpus/typed").glob("*.c"))
    compile_program(env, generate(env, "code", schema), programs[0], *WARNINGS, "-O1",
                    library=[*programs[1:], *library, "-lm"])
    for seed in range(1, 6):
        url = env.postgres() if engine == "postgres" else f"{seed}.db"
        done = env.run("./app", url, str(seed))
        env.check(done.code == 0 and "filled=3" in done.out, done.story())


def test_out_of_memory(env):
    compile_program(env, generate(env), "no_memory.c", "-O1", "-g")
    run_program(env, "./app")


def test_same_bytes_each_time(env):
    first, second = generate(env, "first"), generate(env, "second")
    names = [sorted(p.name for p in folder.iterdir()) for folder in (first, second)]
    env.equal(names[0], names[1], "names of files")
    env.check(names[0], "nothing is generated")
    for name in names[0]:
        text = (first / name).read_bytes()
        env.equal(text, (second / name).read_bytes(), name)
        env.check(str(env.dir).encode() not in text, f"{name} holds a path")
        env.check(max(map(len, text.decode().splitlines())) <= 90, f"{name} is too wide")


def test_a_file_is_written_only_if_it_changes(env):
    folder = generate(env)
    times = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    schema = env.dir / "lot"
    changed = env.dir / "changed"
    changed.mkdir()
    sql = (HERE / "lot/1.0.0.sql").read_text()
    (changed / "1.0.0.sql").write_text(sql.replace("note TEXT", "note TEXT, more TEXT"))
    env.ok("gen", "--out", schema, changed)
    touched = sorted(p.name for p in folder.iterdir()
                     if times.get(p.name) != p.stat().st_mtime_ns)
    env.equal(touched, ["lot_migrations_postgres.c", "lot_migrations_sqlite.c",
                        "lot_notes.c", "lot_notes.h"], "written")


WIDE = r"""
#include <stdio.h>
#include <string.h>

#include "wide.h"

int
main(int argc, char **argv)
{
    static struct wide_t in, out, many[20];
    struct schemac_arena arena = { 0 };
    struct wide_t *all;
    size_t count;
    struct wide_t_mask mask = wide_t_new_mask;
    struct wide_t_mask one = { { 0 } };
    struct schemac_db *db;
    int ok = argc == 2
             && wide_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK;

    in.c500 = (struct schemac_int32_opt){ 500, true };
    in.c999 = (struct schemac_int32_opt){ 999, true };
    ok = ok && wide_t_insert(db, &in, &mask) == SCHEMAC_OK && in.id == 1;
    ok = ok && wide_t_get(db, 1, &out) == SCHEMAC_OK;
    ok = ok && out.c500.value == 500 && out.c999.value == 999 && !out.c998.is_set;
    in.c998 = in.c999;
    in.c500.is_set = false;
    wide_t_mask_add(&one, WIDE_T_COL_C500);
    wide_t_mask_add(&one, WIDE_T_COL_C998);
    wide_t_mask_add(&one, 1000);
    ok = ok && wide_t_update(db, &in, &one) == SCHEMAC_OK;
    ok = ok && wide_t_get(db, 1, &out) == SCHEMAC_OK;
    ok = ok && !out.c500.is_set && out.c998.value == 999 && out.c999.value == 999;
    ok = ok && wide_t_update(db, &in, NULL) == SCHEMAC_MISUSE;
    one.words[15] = UINT64_MAX;
    ok = ok && wide_t_update(db, &in, &one) == SCHEMAC_MISUSE;
    for (int i = 0; i < 20; i++)
        many[i].c1 = many[i].c999 = (struct schemac_int32_opt){ i, true };
    ok = ok && wide_t_insert_many(db, many, 10, &mask) == SCHEMAC_OK;
    ok = ok && wide_t_load(db, many + 10, 10, &mask) == SCHEMAC_OK;
    ok = ok && wide_t_all(db, &arena, &all, &count) == SCHEMAC_OK && count == 21;
    for (int i = 0; ok && i < 20; i++)
        ok = all[1 + i].c999.value == all[1 + i].c1.value && !all[1 + i].c2.is_set;
    schemac_arena_free(&arena);
    schemac_close(db);
    puts(ok ? "ok" : "not ok");
    return 0;
}
"""


@params("sqlite", "postgres")
def test_a_thousand_columns(env, engine):
    schema = env.dir / "wide"
    schema.mkdir()
    columns = ", ".join(f"c{i} INTEGER" for i in range(1, 1000))
    (schema / "1.0.0.sql").write_text(
        f"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, {columns});\n")
    folder = generate(env, "out", schema)
    (env.dir / "wide.c").write_text(WIDE)
    compile_program(env, folder, env.dir / "wide.c", *WARNINGS, "-O1", "-g",
                    library=postgres_library(env) if engine == "postgres" else None)
    run_program(env, "./app",
                database=env.postgres() if engine == "postgres" else "app.db")


def test_other_templates(env):
    """A folder of templates adds files, and replaces built-in templates by name."""
    templates = env.dir / "templates"
    templates.mkdir()
    (templates / "dictionary.md.tmpl").write_text(
        "% file dictionary.md\n# ${schema.name} ${schema.version}\n"
        "% for table in tables\n\n## ${table.name}\n\n"
        "% for column in table.columns\n- `${column.name}` ${column.type}\n% end\n"
        "% end\n")
    (templates / "enums.c.tmpl").write_text("")
    folder = env.dir / "out"
    env.ok("gen", "--templates", templates, "--out", folder, HERE / "lot")
    env.check("## notes\n\n- `note` text\n" in (folder / "dictionary.md").read_text(),
              "the dictionary lists columns")
    env.check(not (folder / "lot_enums.c").exists(), "a template was replaced")


def test_a_template_that_is_wrong(env):
    templates = env.dir / "templates"
    templates.mkdir()
    (templates / "bad.tmpl").write_text("% file x\n\n${schema.nmae}\n")
    done = env.refused(2, "there is no value schema.nmae", "gen", "--out",
                       env.dir / "out", "--templates", templates, HERE / "lot")
    env.check("bad.tmpl:3:1:" in done.err, done.story())
    env.check(not (env.dir / "out").exists(), "nothing is written")


LEFT_OUT = """-- @schema kept
CREATE TABLE p (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE t (id int PRIMARY KEY, c text);
CREATE VIEW a AS SELECT c ~ '(a|b){3}' AS hit FROM t;
CREATE VIEW b AS SELECT id FROM t;
"""


def test_what_lowering_leaves_out_has_no_struct(env):
    """And what stays is itself: its neighbours that are left out do not move it."""
    (env.dir / "kept").mkdir()
    (env.dir / "kept" / "1.0.0.sql").write_text(LEFT_OUT)
    done = env.schemac("gen", "--dialect", "sqlite", "--out", "out", "kept")
    env.check(done.code == 0 and 'view "a" is left out' in done.err, done.story())
    headers = {path.name: path.read_text() for path in (env.dir / "out").glob("*.h")}
    env.equal(sorted(headers), ["kept.h", "kept_b.h", "kept_p.h", "kept_t.h",
                                "kept_versions.h"], "headers")
    env.check("struct kept_t {" in headers["kept_t.h"] and "c;" in headers["kept_t.h"],
              headers["kept_t.h"])
    env.check("id;" in headers["kept_b.h"], headers["kept_b.h"])


def test_tables_that_are_named_as_files_of_the_schema(env):
    """`versions` and `enums` have files of their own, and guards of their own."""
    (env.dir / "lib").mkdir()
    (env.dir / "lib/1.0.0.sql").write_text(
        "CREATE TYPE state AS ENUM ('a', 'b');\n"
        "CREATE TABLE versions (id int PRIMARY KEY, s state);\n"
        "CREATE TABLE enums (id int PRIMARY KEY, s state);\n"
        "CREATE TABLE h (id int PRIMARY KEY, s state);\n")
    env.ok("gen", "-q", "--out", "out", "lib")
    (env.dir / "app.c").write_text(
        '#include <stdio.h>\n#include "lib.h"\nint\nmain(int argc, char **argv)\n{\n'
        "    struct schemac_db *db;\n"
        "    struct lib_versions v = { .id = 1, .s = LIB_STATE_B };\n"
        "    struct lib_enums e = { .id = 2, .s = LIB_STATE_A };\n"
        "    struct lib_h h = { .id = 3, .s = LIB_STATE_B };\n"
        "    bool ok = argc == 2\n"
        "        && lib_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK\n"
        "        && lib_versions_insert(db, &v, LIB_VERSIONS_ALL) == SCHEMAC_OK\n"
        "        && lib_enums_insert(db, &e, LIB_ENUMS_ALL) == SCHEMAC_OK\n"
        "        && lib_h_insert(db, &h, LIB_H_ALL) == SCHEMAC_OK;\n"
        '    puts(ok ? "ok" : "not ok");\n    schemac_close(db);\n    return 0;\n}\n')
    compile_program(env, env.dir / "out", env.dir / "app.c", *WARNINGS)
    run_program(env, "./app")
