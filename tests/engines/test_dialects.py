"""What one engine's words become on another, with rows."""

import time

from runner.databases import case, created, psql, written
from runner.engines import params


@params("cases/ddl/clocks-of-other-engines", "cases/ddl/mysql-on-both-engines")
def test_what_is_made_is_what_is_declared(env, name):
    source = written(env, "source.sql", case(env, name))
    url = created(env, source)
    env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", source, url)


def test_clocks_tell_the_same_time(env):
    source = written(env, "source.sql", case(env, "cases/ddl/clocks-of-other-engines"))
    insert = "INSERT INTO t (id) VALUES (1)"
    ask = "SELECT seconds, more, most, day, length(moment) FROM t"
    url = created(env, source)
    psql(env, url, insert)
    lite = env.sqlite(sql=env.ok("ddl", "-q", "--dialect", "sqlite", source))
    env.sqlite_script(lite, insert)
    of_postgres = psql(env, url, ask).strip().split("|")
    of_sqlite = [str(value) for value in env.query(lite, ask)[0]]
    for values in (of_postgres, of_sqlite):
        env.check(abs(int(values[0]) - time.time()) < 60, f"seconds: {values}")
        env.check(abs(int(values[1]) - time.time()) < 60, f"seconds: {values}")
        env.check(abs(int(values[2]) / 1000 - time.time()) < 60,
                  f"milliseconds: {values}")
        env.equal(len(values[3]), len("2026-01-31"), "the day")
        env.equal(values[4], str(len("2026-01-31T12:00:00.000Z")), "the moment")


def test_a_unique_serial_counts(env):
    source = written(env, "source.sql",
                     case(env, "cases/ddl/sqlite-counts-a-unique-serial"))
    lite = env.sqlite(sql=env.ok("ddl", "-q", "--dialect", "sqlite", source))
    env.sqlite_script(lite, "INSERT INTO privacy (username) VALUES ('a'), ('b');"
                            "INSERT INTO item (id) VALUES (2);")
    env.equal(env.query(lite, "SELECT id FROM privacy ORDER BY id"), [(1,), (2,)],
              "the numbers")
    env.equal(env.query(lite, "SELECT seen = date('now') FROM item"), [(1,)], "the day")
