"""A newer SQLite than the system's, for the tests that ask a newer one.

It is built once, in the build folder, from the amalgamation that a package brings along:
`library(context, version)` is the folder to put into LD_LIBRARY_PATH, so that schemac
and Python both run it, and into PATH, where a shell for its scripts stands.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .base import Skip

# Version → the client that has it, the package, and the file in it.
SOURCES = {
    "3.53": ("npm", "better-sqlite3@12.11.1", "deps/sqlite3/sqlite3.c"),
    "3.54": ("go", "github.com/mattn/go-sqlite3@v1.14.53", "sqlite3-binding.c"),
}
OPTIONS = ("-DSQLITE_ENABLE_COLUMN_METADATA", "-DSQLITE_ENABLE_FTS5",
           "-DSQLITE_ENABLE_RTREE", "-DSQLITE_ENABLE_DBSTAT_VTAB")
SECONDS_MAX = 600
SHELL = Path(__file__).with_name("sqlite_shell.py")


def run(what, command, folder):
    try:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.PIPE, timeout=SECONDS_MAX)
    except FileNotFoundError as e:
        raise Skip(f"{what}: {command[0]} is not installed") from e
    except subprocess.TimeoutExpired as e:
        raise Skip(f"{what}: {command[0]} took longer than {SECONDS_MAX} s") from e
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise Skip(f"{what}: {command[0]} fails: {' '.join(last)}")
    return done.stdout.decode("utf-8", "replace")


def unpacked(what, version, folder):
    """The folder of the package."""
    client, package, _ = SOURCES[version]
    if client == "npm":
        archive = run(what, ["npm", "pack", "--silent", package], folder).split()[-1]
        run(what, ["tar", "-xzf", archive], folder)
        return folder / "package"
    (folder / "go.mod").write_text("module tests\n\ngo 1.20\n")
    run(what, ["go", "mod", "download", package], folder)
    module, tag = package.split("@")
    return Path(run(what, ["go", "env", "GOMODCACHE"], folder).strip(),
                f"{module}@{tag}")


def build(version, folder):
    what = f"SQLite {version}"
    fetched = folder / "fetched"
    shutil.rmtree(fetched, ignore_errors=True)
    fetched.mkdir(parents=True)
    source = unpacked(what, version, fetched) / SOURCES[version][2]
    run(what, ["cc", "-shared", "-fPIC", "-w", *OPTIONS, "-Wl,-soname,libsqlite3.so.0",
               "-o", "libsqlite3.so.new", source, "-lm", "-ldl", "-lpthread"], folder)
    shell = folder / "sqlite3"
    shell.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{SHELL}" "$@"\n')
    shell.chmod(0o755)
    shutil.rmtree(fetched)
    (folder / "libsqlite3.so.new").rename(folder / "libsqlite3.so.0")


def library(context, version):
    folder = (context.build / f"sqlite-{version}").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run beside one another
        if not (folder / "libsqlite3.so.0").exists():
            build(version, folder)
    return folder


def environment(folder):
    """What makes a program run it."""
    return {"LD_LIBRARY_PATH": str(folder),
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
