"""Names without a schema are where the server itself puts and finds them."""

from runner.postgres import find_program


def test_same_to_pg_dump(env):
    text = (env.root / "tests/cases/print/search-path.sql").read_text()
    itself = env.postgres()
    done = env.run(find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d",
                   itself, stdin=text)
    env.check(done.code == 0, done.story())
    declared = env.dir / "declared.sql"
    declared.write_text(text)
    made = env.postgres()
    done = env.run(find_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", made,
                   stdin=env.ok("ddl", "--dialect", "postgres", declared))
    env.check(done.code == 0, done.story())
    env.same_schema(itself, made)
