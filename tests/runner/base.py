"""Jobs, results, and how a program is run."""

import os
import re
import subprocess
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, List

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

RUN_SECONDS_MAX = 300  # a program that takes longer hangs
SANITIZER_EXIT = 99    # what `make asan` asks the sanitizers to exit with

MEMORY = "/dev/shm"
MEMORY_BYTES_MIN = 6 << 30  # what a whole run may fill, and as much again


def sanitizer_flags():
    """What links a program with a library that `make asan` has built."""
    return os.environ.get("SANITIZE", "").split()


class Failure(Exception):
    """The test failed; the text says how."""


class Skip(Exception):
    """The test cannot run here; the text says why."""


@dataclass
class Result:
    name: str
    state: str
    detail: str = ""  # why it failed or was skipped; what a passed one measured
    seconds: float = 0.0


@dataclass
class Job:
    """What one worker does at a time: mostly one test; a unit program is several."""
    name: str
    # Returns None where the job is one test, else its results.
    run: Callable[["Context"], Any]


@dataclass
class Context:
    root: Path
    build: Path
    program: Path  # schemac
    update: bool
    folder: Path   # temporary, removed at the end
    postgres: Any

    def scratch(self, name):
        """A new empty folder for one test."""
        folder = self.folder / name.replace("/", "-").replace(" ", "_")
        folder.mkdir(parents=True)
        return folder


@dataclass
class Run:
    """A finished program."""
    command: List[str]
    code: int
    out: str
    err: str

    def story(self):
        return (f"$ {' '.join(self.command)}\nexit {self.code}\n"
                f"--- standard output\n{self.out}\n--- standard error\n{self.err}")


def temporary_folder(prefix):
    """A new folder, in memory where there is room: the servers of a run make and drop
    some hundred thousand files, which a disk's file system looks for one by one."""
    place = None if "TMPDIR" in os.environ or not has_room(MEMORY) else MEMORY
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    # The PostgreSQL server and the tests of file rights run as another user.
    folder.chmod(0o755)
    return folder


def has_room(folder):
    try:
        found = os.statvfs(folder)
        memory = Path("/proc/meminfo").read_text()
    except OSError:
        return False
    available = re.search(r"^MemAvailable: +(\d+) kB", memory, re.M)
    free = min(found.f_bavail * found.f_frsize,
               int(available[1]) << 10 if available else 0)
    return not found.f_flag & os.ST_NOEXEC and free >= MEMORY_BYTES_MIN


def shared_folder(root):
    """The data of others, beside the project.  SHARED names the folder for a work tree
    that stands somewhere else."""
    return Path(os.environ.get("SHARED") or root.parent / "shared")


def need_proc():
    """Valgrind and the leak sanitizer read it; a bare chroot does not have it."""
    if not os.path.exists("/proc/self/maps"):
        raise Skip("/proc is not mounted")


def environment(extra=None):
    """Nothing of the caller's settings reaches the tests but what names programs."""
    kept = {k: v for k, v in os.environ.items()
            if not k.startswith(("PG", "SCHEMAC_", "LC_", "MAKE", "MFLAGS"))}
    kept.update(LANG="C.UTF-8", TZ="UTC", NO_COLOR="1")
    kept.update(extra or {})
    return kept


def execute(command, cwd, stdin="", env=None, seconds=RUN_SECONDS_MAX):
    """Run to the end; a crash or a sanitizer's report always fails the test."""
    command = [str(c) for c in command]
    try:
        done = subprocess.run(
            command, cwd=cwd, env=environment(env), timeout=seconds, check=False,
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except subprocess.TimeoutExpired as e:
        raise Failure(f"$ {' '.join(command)}\nstill running after {seconds} s") from e
    run = Run(command, done.returncode, done.stdout.decode("utf-8", "replace"),
              done.stderr.decode("utf-8", "replace"))
    if run.code < 0 or run.code == SANITIZER_EXIT:
        raise Failure("crashed\n" + run.story())
    return run


def run_job(job, context):
    """The job's results; nothing that goes wrong in it is lost."""
    started = time.monotonic()
    try:
        results = job.run(context)
        if results is None:
            results = [Result(job.name, PASSED)]
    except Skip as e:
        results = [Result(job.name, SKIPPED, str(e))]
    except Failure as e:
        results = [Result(job.name, FAILED, str(e))]
    except Exception:
        results = [Result(job.name, FAILED, traceback.format_exc())]
    seconds = time.monotonic() - started
    for result in results:
        result.seconds = seconds / len(results)
    return results
