"""`make install` into an empty prefix, and a program built against nothing else."""

import os

from runner.base import Skip

PROGRAM = r"""
#include <schemac.h>
#include <stdio.h>

int
main(void)
{
    struct schemac_db *db;
    enum schemac_status status = schemac_open("sqlite::memory:", &db);

    printf("%s %s\n", schemac_status_name(status), schemac_dialect(db));
    schemac_close(db);
    printf("%s: ", schemac_status_name(schemac_open("postgresql://h/x", &db)));
    printf("%s\n", schemac_error(db)->message);
    schemac_close(db);
    return status == SCHEMAC_OK ? 0 : 1;
}
"""

# What is installed needs SQLite only.
SAID = "OK sqlite\nMISUSE: this library has no driver for postgresql://…\n"


def install(env):
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitized library is not installed")
    prefix = env.dir / "usr"
    done = env.run("make", "-s", "-C", env.root, "install", f"PREFIX={prefix}",
                   f"BUILD={env.context.build.relative_to(env.root)}")
    env.check(done.code == 0, done.story())
    return prefix


def flags(env, prefix, *wanted):
    done = env.run("pkg-config", *wanted, "schemac",
                   env={"PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig")})
    env.check(done.code == 0, done.story())
    return done.out.split()


def build_and_run(env, prefix, link):
    (env.dir / "app.c").write_text(PROGRAM)
    done = env.run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", "app", "app.c",
                   *flags(env, prefix, "--cflags"), *link)
    env.check(done.code == 0, done.story())
    done = env.run("./app", env={"LD_LIBRARY_PATH": str(prefix / "lib")})
    env.equal((done.code, done.out), (0, SAID), done.story())


def test_shared_library(env):
    prefix = install(env)
    build_and_run(env, prefix, flags(env, prefix, "--libs"))
    done = env.run("readelf", "-d", "app")
    env.check("libschemac.so.0" in done.out, done.story())


def test_static_library(env):
    """Ours is static, SQLite shared: `--static` would ask for all that SQLite links."""
    prefix = install(env)
    for shared in (prefix / "lib").glob("libschemac.so*"):
        shared.unlink()
    build_and_run(env, prefix, flags(env, prefix, "--libs") + ["-lsqlite3"])


def test_installed_program(env):
    prefix = install(env)
    done = env.run(prefix / "bin/schemac", "--version")
    env.check(done.code == 0 and done.out.startswith("schemac "), done.story())
    version = flags(env, prefix, "--modversion")[0]
    env.equal(done.out, f"schemac {version}\n", "version in schemac.pc")


def test_only_declared_names_leave_the_library(env):
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitizer adds names of its own")
    done = env.run("nm", "-D", "--defined-only", env.context.build / "libschemac.so.0")
    env.check(done.code == 0, done.story())
    names = [line.split()[-1] for line in done.out.splitlines()]
    env.check("schemac_open" in names, "schemac_open is not exported")
    env.equal([name for name in names if not name.startswith("schemac_")], [],
              "exported names without the prefix")


def test_one_command_of_the_root(env):
    done = env.run("make", "-C", env.root, "help")
    for target in ("all", "demo", "test", "check", "asan", "generated", "install",
                   "deps"):
        env.check(f"make {target} " in done.out, done.story())
