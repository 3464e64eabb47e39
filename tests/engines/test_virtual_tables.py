"""SQLite's virtual tables: read from a database, made anew, renamed and dropped."""

SCHEMA = """
CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
CREATE VIRTUAL TABLE found USING fts5 (title, "body", tokenize = 'porter ascii');
CREATE VIRTUAL TABLE box USING rtree (id, x0, x1, +note);
CREATE VIRTUAL TABLE old USING fts4 (text, tokenize=porter);
CREATE VIEW hit AS SELECT title, rank FROM found WHERE found MATCH 'word';
CREATE TRIGGER post_in AFTER INSERT ON post BEGIN
    INSERT INTO found (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
"""

ROWS = """
INSERT INTO post VALUES (1, 'a word', 'b'), (2, 'c', 'd');
INSERT INTO box VALUES (1, 0.5, 2.5, 'n');
INSERT INTO old VALUES ('some text');
"""


def test_read_and_made_anew(env):
    path = env.sqlite("one.db", SCHEMA)
    declared = env.dir / "declared.sql"
    declared.write_text(env.ok("describe", f"sqlite:{path}"))
    made = env.sqlite("two.db", env.ok("ddl", "--dialect", "sqlite", declared))
    env.equal(env.ok("print", f"sqlite:{made}"), env.ok("print", declared), "made anew")


def test_a_dump_says_the_tables_behind_them_as_well(env):
    path = env.sqlite("one.db", SCHEMA)
    rows = env.query(path, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL "
                           "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    dump = env.dir / "dump.sql"
    dump.write_text("".join(sql + ";\n" for (sql,) in rows))
    env.check("found_data" in dump.read_text(), "the dump has them")
    plain = env.dir / "plain.sql"
    plain.write_text(SCHEMA)
    env.equal(env.ok("print", "--dialect", "sqlite", dump),
              env.ok("print", "--dialect", "sqlite", plain), "they belong to others")


def declare(env):
    first, second = env.dir / "1.sql", env.dir / "2.sql"
    first.write_text("-- @schema blog\n-- @dialect sqlite\n" + SCHEMA)
    second.write_text("""-- @schema blog
-- @dialect sqlite
CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
-- @was found
CREATE VIRTUAL TABLE seen USING fts5 (title, "body", tokenize = 'porter ascii');
CREATE VIRTUAL TABLE box USING rtree (id, x0, x1, +note);
CREATE VIEW hit AS SELECT title, rank FROM seen WHERE seen MATCH 'word';
CREATE TRIGGER post_in AFTER INSERT ON post BEGIN
    INSERT INTO seen (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
""")
    return first, second


def test_renamed_with_its_rows_and_what_reads_it(env):
    first, second = declare(env)
    path = env.sqlite("one.db", SCHEMA + ROWS)
    env.sqlite_script(path, env.ok("diff", "--dialect", "sqlite", "--allow", "all",
                                   first, second))
    env.equal(env.ok("print", f"sqlite:{path}"),
              env.ok("print", "--dialect", "sqlite", second)
              .replace("-- @schema blog\n", "").replace("-- @was found\n", ""),
              "after the way up")
    env.equal(env.query(path, "SELECT title FROM hit"), [("a word",)], "rows are there")
    env.sqlite_script(path, "INSERT INTO post VALUES (3, 'word', 'e');")
    env.equal(env.query(path, "SELECT count(*) FROM hit"), [(2,)], "the trigger follows")


def test_an_alter_in_a_delta_is_the_same(env):
    first, second = declare(env)
    delta = env.dir / "delta.sql"
    delta.write_text("ALTER TABLE found RENAME TO seen;\nDROP TABLE old;\n")
    chain = env.dir / "chain.sql"
    chain.write_text("-- @dialect sqlite\n" + SCHEMA + delta.read_text())
    env.equal(env.ok("print", chain),
              env.ok("print", "--dialect", "sqlite", second)
              .replace("-- @schema blog\n", "").replace("-- @was found\n", ""),
              "ALTER TABLE … RENAME and DROP TABLE")


def test_other_arguments_make_another_table(env):
    first, second = declare(env)
    second.write_text(first.read_text().replace("porter ascii", "ascii"))
    said = env.ok("plan", "--dialect", "sqlite", "--allow", "all", first, second)
    env.check("virtual table found" in said, "what is lost is named")
    path = env.sqlite("one.db", SCHEMA + ROWS)
    env.sqlite_script(path, env.ok("diff", "--dialect", "sqlite", "--allow", "all",
                                   first, second))
    env.equal(env.ok("print", f"sqlite:{path}").replace("-- @dialect sqlite\n", ""),
              env.ok("print", second).replace("-- @schema blog\n", "")
              .replace("-- @dialect sqlite\n", ""), "made with the other arguments")
