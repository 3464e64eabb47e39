"""`make install` into an empty prefix: the libraries for both engines and for each alone,
and programs built against nothing else.
"""

import os
import re
import shlex

from runner.base import Skip
from runner.engines import params

# Opens what is given by its arguments; prints what each was.
PROGRAM = r"""
#include <schemac.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct schemac_db *db;
        enum schemac_status status = schemac_open(argv[i], &db);

        printf("%s %s\n", schemac_status_name(status),
               status == SCHEMAC_OK ? schemac_dialect(db) : schemac_error(db)->message);
        schemac_close(db);
    }
    return 0;
}
"""

ENGINES = {"schemac": ["sqlite", "postgres"], "schemac-sqlite": ["sqlite"],
           "schemac-postgres": ["postgres"]}
PACKAGE = {"sqlite": "sqlite3", "postgres": "libpq"}
SONAME = {"sqlite": "libsqlite3.so", "postgres": "libpq.so"}
HEADER = {"sqlite": "sqlite3.h", "postgres": "libpq-fe.h"}
OTHER = {"sqlite": "postgres", "postgres": "sqlite"}
# What a library without the engine says.
ABSENT = {
    "sqlite": {
        "app.db": "MISUSE this library has no driver for SQLite, whose file a path is\n",
        "sqlite::memory:": "MISUSE this library has no driver for SQLite, whose file a "
                           "path is\n",
    },
    "postgres": {
        "postgresql://h/x": "MISUSE this library has no driver for PostgreSQL\n",
        "host=h dbname=x": "MISUSE this library has no driver for PostgreSQL\n",
        "sslrootcert=c host=h": "MISUSE this library has no driver for PostgreSQL\n",
    },
}


def make(env, target, *settings):
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitized library is not installed")
    done = env.run("make", "-s", "-C", env.root, target, *settings)
    env.check(done.code == 0, done.story())


def install(env):
    prefix = env.dir / "usr"
    make(env, "install", f"PREFIX={prefix}",
         f"BUILD={env.context.build.relative_to(env.root)}")
    return prefix


def flags(env, prefix, package, *wanted):
    done = env.run("pkg-config", *wanted, package,
                   env={"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")})
    env.check(done.code == 0, done.story())
    return shlex.split(done.out)


def version(env):
    text = (env.root / "src/runtime/schemac.h").read_text()
    return re.search(r'SCHEMAC_VERSION "(.*)"', text)[1]


def soname(env, package):
    """Of 0.x.y each x is incompatible with the one before, of later versions each x."""
    first, second, _ = version(env).split(".")
    return f"lib{package}.so.{f'0.{second}' if first == '0' else first}"


def compiled(env, prefix, package, link):
    (env.dir / "app.c").write_text(PROGRAM)
    done = env.run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", "app", "app.c",
                   *flags(env, prefix, package, "--cflags"), *link)
    env.check(done.code == 0, done.story())


def check_opens(env, prefix, package):
    """Each engine by its URLs, and a refusal of those that the library is without."""
    server = env.postgres()
    opened = {"app.db": "sqlite", "sqlite::memory:": "sqlite", server: "postgres"}
    expected = {url: f"OK {engine}\n" for url, engine in opened.items()
                if engine in ENGINES[package]}
    for engine in set(ABSENT) - set(ENGINES[package]):
        expected.update(ABSENT[engine])
    done = env.run("./app", *expected, env={"LD_LIBRARY_PATH": str(prefix / "lib")})
    env.equal((done.code, done.out), (0, "".join(expected.values())), done.story())
    env.equal((env.dir / "app.db").exists(), "sqlite" in ENGINES[package], "a file")


def needed(env, file):
    done = env.run("readelf", "-d", file)
    env.check(done.code == 0, done.story())
    return re.findall(r"\(NEEDED\).*\[(.*)\]", done.out), done.out


@params(*ENGINES)
def test_shared_library(env, package):
    prefix = install(env)
    compiled(env, prefix, package, flags(env, prefix, package, "--libs"))
    check_opens(env, prefix, package)
    env.check(soname(env, package) in needed(env, "app")[0], "the soname is linked")


@params(*ENGINES)
def test_static_library(env, package):
    """Ours is static, the engines' shared: `--static` asks for all that those link."""
    prefix = install(env)
    for shared in (prefix / "lib").glob("lib*.so*"):
        shared.unlink()
    engines = [flag for engine in ENGINES[package]
               for flag in env.run("pkg-config", "--libs", PACKAGE[engine]).out.split()]
    compiled(env, prefix, package, flags(env, prefix, package, "--libs") + engines)
    check_opens(env, prefix, package)


@params(*ENGINES)
def test_what_pkg_config_says(env, package):
    """Who links statically is told the engines, who links shared is not."""
    prefix = install(env)
    env.equal(flags(env, prefix, package, "--modversion"), [version(env)], "version")
    private = flags(env, prefix, package, "--print-requires-private")
    env.equal(private, [PACKAGE[engine] for engine in ENGINES[package]], "private")
    env.equal(flags(env, prefix, package, "--libs"),
              [f"-L{prefix}/lib", f"-l{package}"], "shared")


@params(*ENGINES)
def test_shared_file(env, package):
    """Version in the name, soname, links; linked with its own engines and no other."""
    lib = install(env) / "lib"
    name = f"lib{package}.so"
    env.equal(os.readlink(lib / name), soname(env, package), "link for the linker")
    env.equal(os.readlink(lib / soname(env, package)), f"{name}.{version(env)}", "soname")
    libraries, story = needed(env, lib / name)
    env.check(f"[{soname(env, package)}]" in story, story)
    for engine, file in SONAME.items():
        env.equal(any(one.startswith(file) for one in libraries),
                  engine in ENGINES[package], f"linked with {file}\n{story}")


def declared(env):
    texts = [(env.root / "src/runtime" / header).read_text()
             for header in ("schemac.h", "schemac_row.h")]
    return set(re.findall(r"^(?:extern )?SCHEMAC_API\b[^;(]*?(\w+)[(;]",
                          "".join(texts), re.M))


@params(*ENGINES)
def test_only_declared_names_leave_the_library(env, package):
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitizer adds names of its own")
    done = env.run("nm", "-D", "--defined-only", env.context.build / f"lib{package}.so")
    env.check(done.code == 0, done.story())
    names = {line.split()[-1] for line in done.out.splitlines()}
    env.check(len(names) > 50, done.story())
    env.equal(names ^ declared(env), set(), "exported or declared, not both")


@params("sqlite", "postgres")
def test_built_without_the_other_engine(env, engine):
    """Neither its header nor its pkg-config file is to be found."""
    absent = OTHER[engine]
    (env.dir / "no").mkdir()
    (env.dir / "no" / HEADER[absent]).write_text(f"#error {absent} is not here\n")
    (env.dir / "no" / f"{PACKAGE[absent]}.pc").write_text("Name: broken\n")
    prefix = env.dir / "usr"
    build = os.path.relpath(env.dir / "build", env.root)
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitized library is not installed")
    done = env.run("make", "-s", "-j2", "-C", env.root, "install-runtime",
                   f"ENGINES={engine}", f"BUILD={build}", f"PREFIX={prefix}",
                   f"CPPFLAGS=-I{env.dir}/no", "CFLAGS=-O0",
                   env={"PKG_CONFIG_PATH": str(env.dir / "no")})
    env.equal((done.code, done.err), (0, ""), done.story())
    package = f"schemac-{engine}"
    env.equal(sorted(path.name for path in (prefix / "lib/pkgconfig").iterdir()),
              [f"{package}.pc"], "libraries")
    env.check(not (prefix / "bin").exists(), "the program is not built")
    compiled(env, prefix, package,
             [*flags(env, prefix, package, "--libs"), f"-I{env.dir}/no"])
    check_opens(env, prefix, package)
    # The trap is one: the other driver falls into it.
    done = env.run("make", "-s", "-C", env.root, f"ENGINES={absent}",
                   f"BUILD={build}-other", f"CPPFLAGS=-I{env.dir}/no", "CFLAGS=-O0",
                   f"{build}-other/obj/src/runtime/{absent}.o")
    env.check(done.code != 0 and f"{absent} is not here" in done.err, done.story())


def test_installed_program(env):
    prefix = install(env)
    done = env.run(prefix / "bin/schemac", "--version")
    env.equal((done.code, done.out), (0, f"schemac {version(env)}\n"), done.story())


def test_installed_under_another_root(env):
    """DESTDIR is where packages are put together: no file says it."""
    prefix = env.dir / "root"
    make(env, "install", f"DESTDIR={prefix}", "PREFIX=/opt/schemac",
         "LIBDIR=/opt/schemac/lib64", f"BUILD={env.context.build.relative_to(env.root)}")
    texts = [path for path in prefix.rglob("*")
             if path.suffix in (".pc", ".mk", ".cmake")]
    env.equal(len(texts), 6, "texts")
    for path in texts:
        env.check(str(env.dir) not in path.read_text(), path)
        env.check("@" not in re.sub(r"@\$|@<|\$@|@\$\{|FOLDER@|}@", "", path.read_text()),
                  f"{path}: something is not filled in")
    env.check((prefix / "opt/schemac/lib64/libschemac.a").exists(), "LIBDIR")


def test_one_command_of_the_root(env):
    done = env.run("make", "-C", env.root, "help")
    for target in ("all", "runtime", "demo", "test", "check", "asan", "generated",
                   "install", "install-runtime", "deps"):
        env.check(f"make {target} " in done.out, done.story())
