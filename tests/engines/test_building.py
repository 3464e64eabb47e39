"""Build systems: an example outside the tree, built against an installed copy by make,
CMake (with both of its generators that matter here) and Meson.

Each is asked the same: is it built from nothing by several jobs, with gen run once; is
nothing compiled when nothing or only a time changed; is one object compiled for one table
that changed, and those with the migrations; does a new table arrive.
"""

import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from runner.base import Skip

HERE = Path(__file__).resolve().parent / "building"
MIGRATIONS = ["shop_migrations_postgres", "shop_migrations_sqlite"]
TABLES = ["shop_customers", "shop_items", "shop_orders"]
PRICE = ("name TEXT NOT NULL UNIQUE", "name TEXT NOT NULL UNIQUE, price INTEGER")

# Stands before a program in PATH, and writes down what it was called with.
WATCHED = """#!/bin/sh
echo "{name} $*" >> {log}
exec {program} "$@"
"""


def watch(env, name, program):
    path = env.dir / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(WATCHED.format(name=name, log=env.dir / "calls", program=program))
    path.chmod(0o755)
    return path


class Example:
    """A copy of the example, and what its builds called."""

    def __init__(self, env, kind):
        if os.environ.get("SANITIZE"):
            raise Skip("a sanitized library is not installed")
        self.env = env
        self.prefix = env.dir / "usr"
        self.folder = env.dir / "example"
        build = env.context.build.relative_to(env.root)
        done = env.run("make", "-s", "-C", env.root, "install", f"PREFIX={self.prefix}",
                       f"BUILD={build}")
        env.check(done.code == 0, done.story())
        shutil.copytree(HERE / kind, self.folder)
        shutil.copytree(HERE / "shop", self.folder / "shop")
        for source in HERE.glob("main.*"):
            shutil.copy(source, self.folder)
        watch(env, "schemac", self.prefix / "bin/schemac")
        for name in ("cc", "c++"):
            watch(env, name, shutil.which(name))
        self.environment = {
            "PATH": f"{env.dir}/bin:{os.environ['PATH']}",
            "CC": str(env.dir / "bin/cc"),
            "CXX": str(env.dir / "bin/c++"),
            "PKG_CONFIG_PATH": str(self.prefix / "lib/pkgconfig"),
            "LD_LIBRARY_PATH": str(self.prefix / "lib"),
        }

    def run(self, *command):
        done = self.env.run(*command, cwd=self.folder, env=self.environment)
        self.env.check(done.code == 0, done.story())
        return done

    def calls(self, *command):
        """Run; the lines of what it called."""
        log = self.env.dir / "calls"
        log.write_text("")
        self.run(*command)
        return log.read_text().splitlines()

    def built(self, *command):
        """The names of the generated sources that were compiled, and how often gen ran
        to write them."""
        calls = self.calls(*command)
        compiled = [Path(match[1]).stem for line in calls
                    if (match := re.search(r"(?:^| )-c (?:.* )?(\S+\.c)\b", line))]
        written = [line for line in calls if line.startswith("schemac gen")
                   and " --list" not in line]
        return sorted(name for name in compiled if name.startswith("shop")), len(written)

    def edit(self, before, after):
        """As somebody would: later than what was built."""
        path = self.folder / "shop/1.0.0.sql"
        text = path.read_text()
        self.env.check(before in text, f"{before} is not in the declaration")
        time.sleep(0.02)
        path.write_text(text.replace(before, after))

    def works(self, *programs):
        for number, program in enumerate(programs):
            for database in (f"{time.monotonic_ns()}.db", self.env.postgres()):
                done = self.run(program, database)
                self.env.equal(done.out, "ok\n", done.story())


def check_builds(env, example, build, programs):
    env.equal(example.built(*build), (sorted(["shop", *MIGRATIONS, *TABLES]), 1), "first")
    example.works(*programs)
    env.equal(example.built(*build), ([], 0), "again")
    example.edit("CREATE", "CREATE")
    env.equal(example.built(*build), ([], 1), "after a new time")
    env.equal(example.built(*build), ([], 0), "and again")
    example.edit(*PRICE)
    compiled, written = example.built(*build)
    env.equal((compiled, written), (sorted(["shop_items", *MIGRATIONS]), 1), "one table")
    example.works(*programs)
    env.equal(example.built(*build), ([], 0), "all is up to date")
    return compiled


def add_table(env, example, build, programs):
    """In the newest version, where a build has to learn of another source."""
    example.edit("CREATE TABLE items", "CREATE TABLE extras (id INTEGER PRIMARY KEY);\n"
                                       "CREATE TABLE items")
    compiled, written = example.built(*build)
    # The list of all tables is another one, too.
    env.equal((compiled, written), (sorted(["shop", "shop_extras", *MIGRATIONS]), 1),
              "a new table")
    example.works(*programs)


def figure(kind, compiled):
    return f"{kind}: {len(compiled)} of 6 generated objects compiled for one table"


def test_make(env):
    example = Example(env, "make")
    build = ("make", "-j8")
    programs = ("./main", "./main_cpp")
    compiled = check_builds(env, example, build, programs)
    add_table(env, example, build, programs)
    (example.folder / "shop/1.1.0.sql").write_text(
        "-- @extends 1.0.0\nALTER TABLE customers ADD COLUMN mail TEXT;\n")
    env.equal(example.built(*build),
              (sorted(["shop", "shop_customers", *MIGRATIONS]), 1), "a new version")
    example.works(*programs)
    env.equal(example.calls("make", "clean"), [], "clean calls nothing")
    env.check(not (example.folder / "gen").exists(), "clean removes what is generated")
    return figure("make", compiled)


def test_make_with_one_engine(env):
    example = Example(env, "make")
    package = ("SCHEMAC_PACKAGE=schemac-sqlite", "OPTIONS=--dialect sqlite")
    env.equal(example.built("make", "-j8", *package),
              (sorted(["shop", "shop_migrations_sqlite", *TABLES]), 1), "sources")
    done = example.run("./main", "app.db")
    env.equal(done.out, "ok\n", done.story())
    done = env.run("readelf", "-d", example.folder / "main")
    env.check("libschemac-sqlite.so" in done.out, done.story())
    env.check("libschemac.so" not in done.out, done.story())


def test_make_says_what_is_wrong(env):
    """A mistake in a declaration ends the build, and its repair goes on with it."""
    example = Example(env, "make")
    example.edit("name TEXT NOT NULL)", "name TEXT NOT NUL)")
    done = env.run("make", "-j8", cwd=example.folder, env=example.environment)
    env.check(done.code == 2 and "shop/1.0.0.sql:1:" in done.err, done.story())
    example.edit("NOT NUL)", "NOT NULL)")
    example.run("make", "-j8")
    example.works("./main")


def check_cmake(env, generator):
    example = Example(env, "cmake")
    example.run("cmake", "-G", generator, "-S", ".", "-B", "out",
                f"-DCMAKE_PREFIX_PATH={example.prefix}",
                f"-Dschemac_PROGRAM={env.dir}/bin/schemac")
    build = ("cmake", "--build", "out", "-j8")
    programs = ("out/main", "out/main_cpp")
    compiled = check_builds(env, example, build, programs)
    add_table(env, example, build, programs)
    return figure(f"CMake, {generator}", compiled)


def test_cmake_with_ninja(env):
    return check_cmake(env, "Ninja")


def test_cmake_with_make(env):
    return check_cmake(env, "Unix Makefiles")


CMAKE_ONE = """cmake_minimum_required(VERSION 3.20)
project(shop C CXX)
set(schemac_USE_STATIC_LIBS TRUE)
find_package(schemac 0.1 REQUIRED COMPONENTS sqlite)
schemac_generate(shop_schema SCHEMA shop VERSION 1.0.0 OUT typed LIBRARY schemac::sqlite
                 OPTIONS --dialect sqlite)
add_executable(main main.c)
target_link_libraries(main shop_schema)
"""


def test_cmake_with_one_engine(env):
    """Another library, linked statically, another folder, options."""
    example = Example(env, "cmake")
    (example.folder / "CMakeLists.txt").write_text(CMAKE_ONE)
    example.run("cmake", "-S", ".", "-B", "out", f"-DCMAKE_PREFIX_PATH={example.prefix}")
    example.run("cmake", "--build", "out", "-j8")
    env.check((example.folder / "out/typed/shop.h").exists(), "OUT is honoured")
    done = example.run("out/main", "app.db")
    env.equal(done.out, "ok\n", done.story())
    done = env.run("readelf", "-d", example.folder / "out/main")
    env.check("libschemac" not in done.out and "libpq" not in done.out, done.story())


REFUSED = {
    "find_package(schemac 0.2 REQUIRED)": "0.2",
    "find_package(schemac 0.1 REQUIRED COMPONENTS oracle)": "oracle",
    "find_package(schemac REQUIRED)\nschemac_generate(x SCHEMA nowhere)": "nowhere",
    "find_package(schemac REQUIRED)\nschemac_generate(x shop)": "SCHEMA folder",
}


def test_cmake_refuses(env):
    example = Example(env, "cmake")
    for text, word in REFUSED.items():
        (example.folder / "CMakeLists.txt").write_text(
            f"cmake_minimum_required(VERSION 3.20)\nproject(shop C)\n{text}\n")
        done = env.run("cmake", "-S", ".", "-B", "out",
                       f"-DCMAKE_PREFIX_PATH={example.prefix}",
                       cwd=example.folder, env=example.environment)
        env.check(done.code != 0 and word in done.err, done.story())


def test_meson(env):
    """On a disk: Meson takes no file below /dev for one that may change."""
    with tempfile.TemporaryDirectory(prefix="schemac-meson-") as folder:
        env.dir = Path(folder)
        example = Example(env, "meson")
        example.run("meson", "setup", "out")
        build = ("ninja", "-j8", "-C", "out")
        programs = ("out/main", "out/main_cpp")
        compiled = check_builds(env, example, build, programs)
        add_table(env, example, build, programs)
        return figure("Meson", compiled)


def gen(env, *options):
    """Of a folder whose name make and ninja would read otherwise."""
    folder = env.dir / "a #b$"
    if not folder.exists():
        shutil.copytree(HERE / "shop", folder)
    (env.dir / "templates").mkdir(exist_ok=True)
    (env.dir / "templates/names.txt.tmpl").write_text("% file names.txt\nnames\n")
    env.ok("gen", "-q", "--dialect", "sqlite", "--out", "out", "--templates",
           "templates", *options, "a #b$@1.0.0")


READ = ["a\\ \\#b$$", "a\\ \\#b$$/1.0.0.sql", "templates", "templates/names.txt.tmpl"]


def rule(text):
    """The first rule in the words of make: what stands before the colon and behind."""
    made, read = text.replace("\\\n", "\n").split(":\n" if ":\n " in text else ": ", 1)
    words = [re.split(r"(?<!\\)\s+", part.strip()) for part in (made, read)]
    return words[0], words[1]


def test_what_a_depfile_says(env):
    gen(env, "--depfile", "deep/er/out.d")
    made, read = rule((env.dir / "deep/er/out.d").read_text())
    names = env.ok("gen", "--list", "-q", "--dialect", "sqlite", "--templates",
                   "templates", "a #b$@1.0.0").split()
    env.equal((made, read), ([f"out/{name}" for name in names], READ), "the rule")
    gen(env, "--depfile", "out.d", "--depfile-target", "the stamp")
    made, read = rule((env.dir / "out.d").read_text())
    env.equal((made, read), (["the\\ stamp"], READ), "the rule of a target")


def test_what_a_makefile_says(env):
    gen(env, "--makefile", "out/list.mk")
    (env.dir / "Makefile").write_text(
        "include out/list.mk\nall:\n"
        "\t@printf '%s\\n' $(notdir $(list_SOURCES)) - $(notdir $(list_HEADERS)) - "
        "$(list_OTHERS)\n")
    done = env.run("make", "-s", "-r", "all")
    tables = ["_customers", "_items", "_orders"]
    sources = sorted(f"shop{name}.c" for name in ["", "_migrations_sqlite", *tables])
    headers = sorted(f"shop{name}.h" for name in ["", "_versions", *tables])
    printed = done.out.replace("a__b_", "shop")
    env.equal([part.split() for part in printed.split("-\n")],
              [sources, headers, ["out/names.txt"]], done.story())
    first = (env.dir / "out/list.mk").stat().st_mtime_ns
    time.sleep(0.02)
    gen(env, "--makefile", "out/list.mk")
    env.check((env.dir / "out/list.mk").stat().st_mtime_ns > first, "it is a stamp")


def test_a_depfile_target_without_a_depfile(env):
    env.refused(2, "--depfile FILE", "gen", "--out", "out", "--depfile-target", "x",
                HERE / "shop")


def test_a_depfile_that_cannot_be_written(env):
    (env.dir / "file").write_text("")
    for option in ("--depfile", "--makefile"):
        done = env.schemac("gen", "--out", "out", option, "file/x", HERE / "shop")
        env.check(done.code != 0 and "cannot write" in done.err, done.story())
