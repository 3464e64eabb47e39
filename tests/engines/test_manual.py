"""What README.md and docs/ say is tried: the example, the commands, the links."""

import re
import shlex

from pathlib import Path

from runner.engines import params

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "src/README.md", *ROOT.glob("docs/*.md")])


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def test_readme_example(env):
    """The files of the example are written as they stand, its commands run in order."""
    text = (ROOT / "README.md").read_text()
    lot = env.dir / "lot"
    lot.mkdir()
    for version, sql in zip(("1.0.0", "1.1.0"), blocks(text, "sql")):
        env.check(f"`lot/{version}.sql`" in text, f"README does not name {version}")
        (lot / f"{version}.sql").write_text(sql)
    commands = [line.split("#")[0] for block in blocks(text, "sh")
                for line in block.splitlines() if line.startswith("schemac ")]
    env.check(len(commands) >= 4, "the commands are not found")
    for command in commands:
        env.ok(*[env.postgres() if word == "postgresql:///app" else word
                 for word in shlex.split(command)[1:]])
    env.equal(env.query(env.dir / "app.db", "SELECT count(*) FROM payments"), [(0,)],
              "rows")
    env.check((env.dir / "generated/lot/lot.h").is_file(), "no generated C")


def test_every_command_has_its_line(env):
    page = (ROOT / "docs/commands.md").read_text()
    commands = re.findall(r"^  ([a-z]+) {2,}", env.ok("--help").split("options")[0], re.M)
    env.check(len(commands) > 5, "the commands are not found")
    for command in commands:
        env.check(f"| `{command} " in page, f"docs/commands.md does not have {command}")
        options = re.findall(r"--[a-z-]+", env.ok(command, "--help"))
        env.check(options, f"{command} --help names no option")
        for option in options:
            env.check(re.search(rf"(?<![a-z-]){option}(?![a-z-])", page) is not None,
                      f"docs/commands.md does not have {command} {option}")


def test_exit_codes_of_the_manual(env):
    """The table of docs/commands.md has a line for each code that the program has."""
    page = (ROOT / "docs/commands.md").read_text()
    for code in range(5):
        env.check(f"\n| {code} | " in page, f"exit code {code} is not explained")


@params(*(page.relative_to(ROOT) for page in PAGES))
def test_links(env, page):
    text = (ROOT / page).read_text()
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not link.startswith("http"):
            env.check(((ROOT / page).parent / link).exists(), f"{page}: no {link}")
