"""Generated C where something goes wrong: a PostgreSQL server that ends sessions, tables
that change behind a program's back, memory that runs out; and many threads.

The programs make it go wrong themselves, by a second session.
"""

import os
import subprocess
from pathlib import Path

from runner.base import Skip, need_proc
from runner.engines import params
from runner.postgres import PostgresServer

HERE = Path(__file__).resolve().parent / "typed_c"
FAULTS = ["lost_server.c", "moved_schema.c", "streams.c"]
ADDRESS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


def built(env, *flags, library=None):
    """A function that links a program with generated code and the library; `library`: its
    sources, to be compiled with these flags, too."""
    env.ok("gen", "--out", env.dir / "lot", HERE / "lot")
    common = ["cc", "-std=c11", "-O1", "-g", *flags, f"-I{env.root}/src",
              f"-I{env.root}/src/runtime", f"-I{env.dir}/lot",
              f"-I{postgres_headers(env)}", *os.environ.get("SANITIZE", "").split()]
    done = env.run(*common, "-c", *sorted((env.dir / "lot").glob("*.c")), *library or [])
    env.check(done.code == 0, done.story())
    objects = sorted(env.dir.glob("*.o"))
    if library is None:
        objects.append(env.context.build / "libschemac.a")

    def link(program):
        done = env.run(*common, "-Wall", "-Wextra", "-Werror", "-o", "app",
                       HERE / program, *objects, "-lpq", "-lsqlite3", "-lpthread")
        env.check(done.code == 0, done.story())
        return "./app"
    return link


def postgres_headers(env):
    return env.run("pg_config", "--includedir").out.strip()


def library_sources(env):
    """Of the library for all engines."""
    return [path for path in sorted((env.root / "src/runtime").glob("*.c"))
            if not path.name.startswith("drivers_")
            or path.name.startswith("drivers_all")]


def says_ok(env, *command):
    done = env.run(*command)
    env.equal((done.code, done.out), (0, "ok\n"), done.story())


def test_faults(env):
    """Under sanitizers, which also see what libpq leaves behind."""
    if os.environ.get("SANITIZE"):
        raise Skip("is sanitized already")
    need_proc()
    link = built(env, *ADDRESS, library=library_sources(env))
    for program in FAULTS:
        says_ok(env, link(program), env.postgres())


@params("thread", "address,undefined")
def test_threads(env, sanitizer):
    """Eight at once, with handles of their own, on both engines."""
    if os.environ.get("SANITIZE"):
        raise Skip("two sanitizers do not go together")
    need_proc()
    link = built(env, f"-fsanitize={sanitizer}", "-fno-sanitize-recover=all",
                 library=library_sources(env))
    says_ok(env, link("threads.c"), env.postgres(), "app.db")


@params("postgres", "sqlite")
def test_out_of_memory(env, engine):
    if os.environ.get("SANITIZE"):
        raise Skip("the program brings its own malloc")
    database = env.postgres() if engine == "postgres" else "app.db"
    done = env.run(built(env)("no_memory_anywhere.c"), database)
    env.check(done.code == 0 and done.out.endswith("\nok\n"), done.story())
    return done.out.splitlines()[0]


class Program:
    """stopped_server, which does what it is told, one word at a time."""

    def __init__(self, env, url):
        self.env = env
        self.process = subprocess.Popen([env.dir / "app", url], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def obeys(self, **words):
        for word, status in words.items():
            self.process.stdin.write(word + "\n")
            self.process.stdin.flush()
            self.env.equal(self.process.stdout.readline(), f"{word} {status}\n", "answer")

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.env.equal(self.process.wait(), 0, "exit code")


def restart(server):
    server.stop(at_once=True)
    server.start_again()


def test_server_stopped(env):
    """At once, without a word to its sessions."""
    built(env)("stopped_server.c")
    server = PostgresServer(env.dir / "server")
    server.settings = server.settings | {"synchronous_commit": "on"}
    try:
        program = Program(env, server.database())
        program.obeys(insert="OK", load="OK", find="OK")
        restart(server)
        program.obeys(find="CONNECTION")
        program.obeys(find="OK", scan="OK", next="ROW")
        server.stop(at_once=True)
        program.obeys(rest="CONNECTION", find="CONNECTION")
        program.obeys(find="CONNECTION")
        server.start_again()
        program.obeys(find="OK", begin="OK", count="OK")
        restart(server)
        program.obeys(load="CONNECTION", count="CONNECTION", commit="CONNECTION",
                      rollback="OK")
        program.obeys(count="OK", many="OK")
        program.end()
    finally:
        server.stop()
