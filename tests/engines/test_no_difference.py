"""What was declared and the database that the server made of it: no difference, in either
direction, however else the server says it.  And what is another thing stays a difference.
"""

from pathlib import Path

from runner.databases import created, loaded, psql, written
from runner.engines import params

FOLDER = Path(__file__).resolve().parent / "no_difference"
SAME = {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.sql"))}

OTHER = {  # a word of SAME, and what makes it another schema
    "bounds": ("IN ('1', -2)", "IN ('1', -3)"),
    "arrays": ("'{1, 2,3}'", "'{1,2,4}'"),
    "literals": ("01:00:00+01", "01:00:00+02"),
    "lists": ("CHECK (a IN ('x'::text, 'y'::text))",
              "CHECK (a IN ('x'::text, 'z'::text))"),
    "calls": ("to_char(d, 'YYYY')", "to_char(d::timestamp, 'YYYY')"),
    "targets": ("SELECT 'asd'", "SELECT 'asd'::varchar AS \"?column?\""),
    "composites": ("(i).count = 1", "(i).count = 2"),
    "numbers-and-moments": ("round(n)::integer AS a", "round(n) AS a"),
    "chars": ("coalesce(k, v)", "coalesce(k, v::text)"),
    "joins-by-names": ("a NATURAL JOIN c WHERE", "a JOIN c USING (x, y) WHERE y > 2 AND"),
    "common-views": ("coalesce(d, ts) AS x", "coalesce(d, tz) AS x"),
    "policies": ("SELECT id FROM active", "SELECT active.id FROM active WHERE id > 0"),
    "definitions": ("(subtype = integer)",
                    "(subtype = integer, multirange_type_name = spans)"),
    "texts": ("restrict = eqsel, ", ""),
    "ranges": (", SUBTYPE_DIFF = zz_apart", ""),
    "extensions": ("REVOKE EXECUTE ON FUNCTION digest(text, text) FROM PUBLIC;", ""),
    "joins": ("d || v AS e4", "d || tx AS e4"),
    "bodies": ("SET n = n - amount WHERE id = giver", "SET n = n - amount"),
    "rules": ("SET label = new.label", "SET label = old.label"),
    "sequences": ("CREATE SEQUENCE t_id_seq;", ""),
    "domains": ("c::day > b", "c::day > a"),
    "citext": ("CHECK (c = x)", "CHECK (c = x::citext)"),
    "types-of-extensions": ("'a=>1'::hstore", "'a=>2'::hstore"),
    "functions-in-from": ("SELECT x.i, x.o", "SELECT x.i, x.i AS o"),
    "expressions-in-views": ("j - 'a'", "j - 'b'"),
    "expressions-in-checks": ("ti > '10:00'", "ti > '10:01'"),
    "defaults-triggers-policies-and-rules": ("'9:30'", "'9:31'"),
}


def differences(env, file, url):
    """Exit code and text in each direction."""
    for ends in ((file, url), (url, file)):
        yield env.schemac("diff", "--exit-code", "--allow", "all", "-q",
                          "--dialect", "postgres", *ends)


@params(*SAME)
def test_declared_is_what_the_server_keeps(env, name):
    url = loaded(env, SAME[name])
    for done in differences(env, written(env, "declared.sql", SAME[name]), url):
        env.check(done.code == 0 and done.out == "", done.story())


@params(*SAME)
def test_so_is_what_our_ddl_makes(env, name):
    file = written(env, "declared.sql", SAME[name])
    for done in differences(env, file, created(env, file)):
        env.check(done.code == 0 and done.out == "", done.story())


def test_function_of_a_range_stands_before_it(env):
    """A type that a function takes, the function, and the range measured by it."""
    url = created(env, written(env, "declared.sql", """
CREATE TYPE span AS RANGE (SUBTYPE = step, SUBTYPE_DIFF = a_apart);
CREATE FUNCTION a_apart(a step, b step) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
CREATE TYPE step AS ENUM ('one', 'two');
CREATE TABLE t (s span);
"""))
    env.equal(psql(env, url, "INSERT INTO t VALUES ('[one,two)'); SELECT s FROM t"),
              "[one,two)\n", "range")


@params(*OTHER)
def test_another_thing_is_a_difference(env, name):
    old, new = OTHER[name]
    env.check(old in SAME[name], f"{old} is not there")
    url = loaded(env, SAME[name])
    file = written(env, "declared.sql", SAME[name].replace(old, new))
    for done in differences(env, file, url):
        env.check(done.code != 0, done.story())


def test_another_role_is_not_current_user(env):
    """Whoever describes the database is CURRENT_USER, and nobody else."""
    made = "CREATE TABLE t (id integer); CREATE POLICY p ON t TO pg_monitor;"
    file = written(env, "declared.sql", made.replace("pg_monitor", "CURRENT_USER"))
    for done in differences(env, file, loaded(env, made)):
        env.check(done.code != 0, done.story())
