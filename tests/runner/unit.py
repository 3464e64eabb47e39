"""Suite `unit`: each tests/unit/test_NAME.c is a cmocka program, built by `make unit`."""

import re

from .base import FAILED, PASSED, SKIPPED, Failure, Job, Result, execute

TAP_LINE = re.compile(r"^(not ok|ok) \d+ - (\S+)(.*)$")


def jobs(context):
    return [Job(f"unit/{source.stem}", program_runner(source))
            for source in sorted((context.root / "tests/unit").glob("test_*.c"))]


def program_runner(source):
    def run(context):
        program = context.build / "tests/unit" / source.stem
        if not program.is_file():
            raise Failure(f"{program} is not built: run `make unit`")
        done = execute([program], cwd=context.scratch("unit-" + source.stem),
                       env={"CMOCKA_MESSAGE_OUTPUT": "TAP"})
        results = parse(f"unit/{source.stem}", done)
        if not results:
            raise Failure("no test ran\n" + done.story())
        if done.code != 0 and all(r.state != FAILED for r in results):
            raise Failure("exit code without a failed test\n" + done.story())
        return results
    return run


def parse(prefix, done):
    results = []
    for line in done.out.splitlines():
        match = TAP_LINE.match(line)
        if match:
            verdict, name, rest = match.groups()
            state = (SKIPPED if "SKIP" in rest else PASSED if verdict == "ok" else FAILED)
            results.append(Result(f"{prefix}/{name}", state,
                                  "" if state == PASSED else done.out + done.err))
    return results
