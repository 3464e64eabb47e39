"""Migrations of tables in use: the right end, with the rows, wherever a run stopped."""

from runner.databases import check_same, created, psql, psql_refused

CASE = "tests/cases/diff/tables-in-use"

ROWS = """
INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 500) AS n;
INSERT INTO orders (customer_id, page, code, total)
SELECT 1 + n % 500, repeat('p', 200), 'o' || n, n FROM generate_series(1, 5000) AS n;
"""

OPENS = {"BEGIN;": "COMMIT;", "DO $schemac$": "$schemac$;"}


def pieces(script):
    """The transactions of a script, and the statements that stand alone."""
    found, piece, end = [], "", None
    for line in script.splitlines(keepends=True):
        piece += line
        word = line.rstrip()
        if end is None:
            end = OPENS.get(word)
        if word == end or (end is None and word.endswith(";")):
            found.append(piece)
            piece, end = "", None
    return found


def old_database(env):
    url = created(env, env.root / CASE / "from.sql")
    psql(env, url, ROWS)
    return url


def run(env, url, script):
    """Piece by piece, as a shell does that reads from a file."""
    for piece in pieces(script):
        psql(env, url, piece)


def check_is_new(env, url):
    new = env.root / CASE / "to.sql"
    check_same(env, url, created(env, new), "the migrated database")
    env.equal(psql(env, url, "SELECT count(*), count(DISTINCT token), sum(total),"
                             " bool_and(upper_code = upper(code)) FROM orders"),
              "5000|5000|12502500.00|t\n", "the rows")
    env.equal(env.ok("diff", "-q", "--exit-code", url, new), "", "what is left to do")


def test_tables_in_use_are_migrated(env):
    url = old_database(env)
    script = env.ok("diff", "-q", url, env.root / CASE / "to.sql")

    env.check("CONCURRENTLY" in script and "NOT VALID" in script, script)
    run(env, url, script)
    check_is_new(env, url)


def test_a_run_that_stopped_anywhere_is_finished_by_the_next_diff(env):
    """But for values of a default that is worked out for each row: a database does not
    tell that they were to be filled in, and what would be wrong is refused."""
    new = env.root / CASE / "to.sql"
    script = env.ok("diff", "-q", "--online", "--dialect", "postgres",
                    env.root / CASE / "from.sql", new)
    all_pieces = pieces(script)
    unfilled = 0

    env.check(len(all_pieces) > 12, script)
    for stop in range(2, len(all_pieces), 3):
        url = old_database(env)
        for piece in all_pieces[:stop]:
            psql(env, url, piece)
        rest = env.ok("diff", "-q", url, new)
        if "token uuid" in "".join(all_pieces[:stop]) and unfilled == 0:
            unfilled += 1
            psql_refused(env, url, rest, "orders.token holds NULL")
            psql(env, url, "UPDATE orders SET token = DEFAULT")
        run(env, url, rest)
        check_is_new(env, url)
    env.equal(unfilled, 1, "stops before the values were filled in")
