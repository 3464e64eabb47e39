"""What one engine's words become on another, with rows."""

import time

from runner.databases import case, created, psql, psql_refused, written
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


def test_an_unsigned_key_leads_to_its_parent(env):
    source = written(env, "source.sql", case(env, "bugs/ddl/unsigned-keys-of-mysql"))
    rows = ["INSERT INTO owner (id) VALUES (7)",
            "INSERT INTO pet (id, owner_id, weight) VALUES (1, 7, 4294967295)"]
    orphan = "INSERT INTO pet (id, owner_id) VALUES (2, 8)"
    ask = "SELECT pet.weight FROM pet JOIN owner ON owner.id = pet.owner_id"
    url = created(env, source)
    psql(env, url, ";".join(rows))
    psql_refused(env, url, orphan, "pet_owner")
    env.equal(psql(env, url, ask).strip(), "4294967295", "PostgreSQL's rows")
    lite = env.sqlite(sql=env.ok("ddl", "-q", "--dialect", "sqlite", source))
    env.sqlite_script(lite, ";".join(rows))
    env.equal(env.query(lite, ask), [(4294967295,)], "SQLite's rows")


def test_what_sqlite_counts_postgres_counts(env):
    """A database with rows and a file with a head are one source."""
    text = case(env, "cases/ddl/sqlite-counts-for-postgres")
    lite = env.sqlite(sql=text)
    env.sqlite_script(lite, "INSERT INTO account (name) VALUES ('a'), ('b');"
                            "INSERT INTO named (account) VALUES (2);")
    source = written(env, "source.sql", text)
    of_file = env.ok("ddl", "-q", "--dialect", "postgres", source)
    env.equal(env.ok("ddl", "-q", "--dialect", "postgres", f"sqlite:{lite}"), of_file,
              "what is made of the database")
    url = created(env, source)
    env.ok("diff", "-q", "--dialect", "postgres", "--exit-code", source, url)
    psql(env, url, "INSERT INTO account (name, size) VALUES ('a', 3000000000), ('b', 1);"
                   "INSERT INTO named (account) VALUES (2)")
    env.equal(psql(env, url, "SELECT id, account FROM named").strip(), "1|2",
              "the numbers")
    psql_refused(env, url, "INSERT INTO plain (account) VALUES (1)", "null value")


def test_a_partial_index_serves_the_query(env):
    """SQLite looks for the words of the index in the query."""
    source = written(env, "source.sql", case(env, "bugs/ddl/partial-index-of-a-dump"))
    lite = env.sqlite(sql=env.ok("ddl", "-q", "--dialect", "sqlite", source))
    env.sqlite_script(lite, "INSERT INTO stages (id, status) VALUES (1, 'pending'),"
                            " (2, 'done')")
    plan = env.query(lite, "EXPLAIN QUERY PLAN SELECT id FROM stages INDEXED BY "
                           "stages_open WHERE status IN ('pending', 'running')")
    env.check("stages_open" in plan[0][-1], f"the plan: {plan}")


def test_the_clock_as_a_number(env):
    source = written(env, "source.sql",
                     case(env, "cases/ddl/mysql-multiplies-the-clock"))
    ask = "SELECT made FROM version ORDER BY id"
    url = created(env, source)
    lite = env.sqlite(sql=env.ok("ddl", "-q", "--dialect", "sqlite", source))
    day = int(time.strftime("%Y%m%d", time.gmtime()))
    of_postgres = [int(line) for line in psql(env, url, ask).split()]
    for numbers in (of_postgres, [made for made, in env.query(lite, ask)]):
        env.check(abs(numbers[0] // 10 ** 9 - day) <= 8900, f"thousands: {numbers}")
        env.check(abs(numbers[1] // 10 ** 6 - day) <= 8900, f"14 digits: {numbers}")
