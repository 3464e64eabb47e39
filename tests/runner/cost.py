"""What reading costs: instructions, counted by callgrind, and memory, by limits on it.

They are the same on every run and every machine of a kind; seconds are not, and no test
asks for them.
"""

import os
import re
import subprocess

from .base import Failure, Skip, environment

# A table as pg_dump writes it, its key and an index in statements of their own.
TABLE = """\
CREATE TABLE public.account_{n} (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid NOT NULL,
    status character varying DEFAULT 'active'::character varying NOT NULL,
    amount_cents bigint DEFAULT 0 NOT NULL,
    created_at timestamp(6) without time zone NOT NULL,
    deleted_at timestamp(6) without time zone,
    CONSTRAINT check_amount_{n} CHECK ((amount_cents >= 0))
);

ALTER TABLE ONLY public.account_{n}
    ADD CONSTRAINT account_{n}_pkey PRIMARY KEY (id);

CREATE INDEX index_account_{n}_on_status ON public.account_{n} USING btree (status)
    WHERE (deleted_at IS NULL);

"""

# Its figures do not depend on how many digits the number of a table has.
FIRST_NUMBER = 1_000_000


def write_tables(path, count):
    with open(path, "w", encoding="utf-8") as file:
        for n in range(FIRST_NUMBER, FIRST_NUMBER + count):
            file.write(TABLE.format(n=n))
    return path


def instructions(command, only=None, codes=(0,)):
    """Of the whole process, or `only` inside of one function and what it calls."""
    if os.environ.get("SANITIZE"):
        raise Skip("callgrind cannot run what a sanitizer has built")
    options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"]
    if only:
        options.append(f"--toggle-collect={only}")
    done = subprocess.run(["valgrind", *options, *map(str, command)], check=False,
                          env=environment(), stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode not in codes or not found:
        raise Failure(f"$ {' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    return int(found[1])


def inclusive(folder, command, *functions):
    """Of the whole process, then of each function and what it calls: one run."""
    if os.environ.get("SANITIZE"):
        raise Skip("callgrind cannot run what a sanitizer has built")
    out = folder / "callgrind.out"
    run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command])
    said = run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", out])
    # The dearest first; below them, what is inlined into one has its name, too.
    found = {name: int(number.replace(",", "")) for number, name in reversed(
        re.findall(r"^ *([\d,]+) \(.*?:(\w+)(?: \[.*)?$", said, re.M))}
    total = re.search(r"^ *([\d,]+) .*PROGRAM TOTALS", said, re.M)
    return [int(total[1].replace(",", "")), *(found[name] for name in functions)]


def run(command):
    done = subprocess.run([str(c) for c in command], check=False, env=environment(),
                          stdin=subprocess.DEVNULL, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise Failure(f"$ {' '.join(map(str, command))}\n{done.stderr[-2000:]}")
    return done.stdout


def data_needed(command):
    """The least limit on data, in KiB, with which a command succeeds."""
    low, high = 0, 1 << 20
    while high - low > 4:
        middle = (low + high) // 2
        limit = f'ulimit -d {middle} && exec "$@"'
        limited = ["sh", "-c", limit, "sh", *map(str, command)]
        done = subprocess.run(limited, check=False, env=environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
        if done.returncode == 0:
            high = middle
        else:
            low = middle
    return high


def memory_per_byte(command, path):
    """What a command takes for a file, beside an empty one, for each byte of it."""
    if os.environ.get("SANITIZE"):
        raise Skip("a sanitizer's memory is not ours")
    more = data_needed([*command, path]) - data_needed([*command, os.devnull])
    return more * 1024 / path.stat().st_size
