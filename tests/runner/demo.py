"""Suite `demo`: what `make demo` shows works, and its program is clean in valgrind."""

import os
import shutil

from .base import Failure, Job, Skip, execute, need_proc

DEMO_SECONDS_MAX = 300  # sanitizers and a busy machine included


def jobs(context):
    found = []
    if (context.root / "tests/demo/demo.sh").is_file():
        found.append(Job("demo/demo", run_demo))
        found.append(Job("demo/valgrind", run_demo_in_valgrind))
    return found


def demo(context, name, env):
    folder = context.scratch("demo-" + name)
    return execute(["sh", "tests/demo/demo.sh", context.build, folder], cwd=context.root,
                   env={"SCHEMAC": str(context.program), **env}, seconds=DEMO_SECONDS_MAX)


def run_demo(context):
    done = demo(context, "plain", {})
    if done.code != 0:
        raise Failure(done.story())


def run_demo_in_valgrind(context):
    if "-fsanitize" in os.environ.get("SANITIZE", ""):
        raise Skip("valgrind cannot run a program built with the address sanitizer")
    if shutil.which("valgrind") is None:
        raise Skip("valgrind is not installed")
    need_proc()
    done = demo(context, "valgrind", {
        "DEMO_RUN": "valgrind -q --leak-check=full --show-leak-kinds=all "
                    "--error-exitcode=99"})
    if done.code != 0:
        raise Failure(done.story())

