"""Migrations of real projects as SOURCE: the catalog after the first N of them equals
the engine's own dump of a database that ran the same N.
"""

import re

from runner.engines import params

BASES = {  # what a chain starts from where its first migration is not the first table
    "memos/pg": "base-v0.18.2.sql", "memos/sqlite": "base-v0.1.3.sql",
    "roundcube/pg": "0.7.4_2013-03-27.sql", "roundcube/sqlite": "0.7.4_2013-03-27.sql",
}
TOOL_TABLES = {  # what the tool makes for itself where the dump, or a migration, says it
    "lemmy/pg": """CREATE TABLE __diesel_schema_migrations (
    version varchar(50) PRIMARY KEY,
    run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
""",
}


def linked_chain(env, project):
    """A folder of links: the base goes before the first, and links are a form, too."""
    source = env.shared(f"corpus/{project}")
    folder = env.dir / "chain"
    folder.mkdir()
    for file in (source / "chain").iterdir():
        (folder / file.name).symlink_to(file)
    if project in BASES:
        (folder / "00_base.up.sql").symlink_to(source / BASES[project])
    if project in TOOL_TABLES:
        (folder / "00_base.up.sql").write_text(TOOL_TABLES[project])
    return source, folder


def snapshots(source):
    for snapshot in sorted(source.glob("snap-*.sql")):
        yield int(re.search(r"snap-(\d+)", snapshot.name).group(1)), snapshot


@params("documenso/pg", "drone/pg", "drone/sqlite", "lemmy/pg", "memos/pg",
        "memos/sqlite",
        "roundcube/pg", "roundcube/sqlite", "umami/pg", "vaultwarden/pg",
        "vaultwarden/sqlite")
def test_equals_the_dump(env, project):
    source, folder = linked_chain(env, project)
    dialect = "postgres" if project.endswith("/pg") else "sqlite"
    found = sorted(snapshots(source))
    env.check(found, "there is no snapshot")
    for count, snapshot in found:
        got = env.schemac("diff", "-q", "--exit-code", "--dialect", dialect,
                          f"{folder}@{count}", snapshot)
        env.check(got.code == 0, f"after {count} migrations: {got.out[:600]}"
                                 f"{got.err[:600]}")


def write(env, name, text):
    path = env.dir / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_unreadable_file(env):
    write(env, "m/001_a.sql", "CREATE TABLE a (x integer);\n")
    (env.dir / "m/002_b.sql").symlink_to(env.dir / "not there")
    env.refused(4, "m/002_b.sql: No such file", "check", "m")


def test_folders_without_migrations(env):
    (env.dir / "empty").mkdir()
    env.refused(2, "error[S0504]", "check", "empty")
    write(env, "words/README.md", "CREATE TABLE a (x integer);\n")
    env.refused(2, "error[S0504]", "check", "words")


def test_forms_of_a_source(env):
    write(env, "m/001_a.sql", "CREATE TABLE a (x integer);\n")
    write(env, "b.sql", "CREATE TABLE b (x integer);\n")
    write(env, "m@1/7_c.sql", "CREATE TABLE c (x integer);\n")
    env.check("CREATE TABLE a" in env.ok("print", "m@001"), "m@001")
    # A folder that is there by its whole name is no version of another one.
    env.check("CREATE TABLE c" in env.ok("print", "m@1"), "m@1")
    env.check("CREATE TABLE c" in env.ok("print", "m@1@7"), "m@1@7")
    both = env.ok("print", "-", "b.sql", stdin="CREATE TABLE z (x integer);\n")
    env.check("TABLE b" in both and "TABLE z" in both, "standard input and a file")
    env.refused(2, "only files are read together", "print", "m", "b.sql")
