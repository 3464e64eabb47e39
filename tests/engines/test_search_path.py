"""Names without a schema are where the server itself puts and finds them."""

from runner.databases import case, created, loaded, written


def test_same_to_pg_dump(env):
    text = case(env, "cases/print/search-path")
    env.same_schema(loaded(env, text), created(env, written(env, "declared.sql", text)))
