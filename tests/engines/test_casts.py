"""Which type becomes which by a cast: what we say of it, asked of the server."""

import re

from runner.databases import try_psql, written
from runner.engines import params

TYPES = ["boolean", "smallint", "integer", "bigint", "numeric(20,3)", "real",
         "double precision", "text", "varchar(30)", "char(30)", "bytea", "date", "time",
         "timetz", "timestamp", "timestamptz", "interval", "uuid", "json", "jsonb",
         "integer[]", "text[]", "uuid[]"]
NO_CAST = "42846"  # cannot_coerce


def table(types):
    columns = ",\n".join(f"c{i} {name}" for i, name in enumerate(types))
    return f"CREATE TABLE t (\n{columns}\n);\n"


def refused_by_us(env, old, others):
    done = env.schemac("diff", "--dialect", "postgres", "--allow", "all",
                       written(env, "old.sql", table([old] * len(others))),
                       written(env, "new.sql", table(others)))
    found = re.findall(r"cannot change type t\.c(\d+): PostgreSQL has no cast", done.err)
    return {others[int(n)] for n in found}


def refused_by_server(env, old, others):
    script = "\\set ON_ERROR_STOP 0\n" + "".join(
        f"SELECT CAST(CAST(NULL AS {old}) AS {new});\n\\echo :SQLSTATE\n"
        for new in others)
    states = re.findall(r"^(\w{5})$", try_psql(env, env.postgres(), script).out, re.M)
    env.equal(len(states), len(others), "answers")
    env.equal(sorted(set(states) - {"00000", NO_CAST}), [], "other errors")
    return {new for new, state in zip(others, states) if state == NO_CAST}


@params(*TYPES)
def test_casts_are_the_servers(env, old):
    others = [name for name in TYPES if name != old]
    ours, servers = refused_by_us(env, old, others), refused_by_server(env, old, others)
    env.equal(sorted(ours), sorted(servers), f"what {old} does not become")
