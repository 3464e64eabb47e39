"""The examples of docs/language.md are what they say: they are compiled and
migrated here, so that the manual cannot drift away from the program."""

import re
import sqlite3

# An example that begins with a line "-- FOLDER/VERSION.sql" is that file.
EXAMPLE = re.compile(r"^```sql\n-- (\w+)/([\d.]+)\.sql\n(.*?)^```", re.M | re.S)


def write_examples(env):
    folders = {}
    text = (env.root / "docs/language.md").read_text()
    for folder, version, body in EXAMPLE.findall(text):
        (env.dir / folder).mkdir(exist_ok=True)
        (env.dir / folder / f"{version}.sql").write_text(body)
        folders.setdefault(folder, []).append(version)
    env.check(sorted(folders) == ["shop", "staff", "till"], f"the examples are {folders}")
    return folders


def run(env, *words):
    done = env.schemac(*words)
    env.check(done.code == 0, done.story())
    return done.out


def test_examples_are_valid(env):
    for folder, versions in write_examples(env).items():
        for version in versions:
            for dialect in ("sqlite", "postgres"):
                run(env, "ddl", "--dialect", dialect, f"{folder}@{version}")
        for dialect in ("sqlite", "postgres"):
            for way in ((), ("--down",)):
                run(env, "plan", "--dialect", dialect, *way,
                    f"{folder}@{versions[0]}", folder)
            run(env, "gen", "--dialect", dialect, "--out", "out", folder)


def there_and_back(env, folder, insert, up, back):
    """Rows go in at 1.0.0, are read at 2.0.0, and read again at 1.0.0."""
    path = env.dir / f"{folder}.db"
    way = ("--allow", "data-loss", "--database", path)
    run(env, "migrate", "to", "1.0.0", folder, *way)
    db = sqlite3.connect(path)
    db.execute(insert)
    db.commit()
    run(env, "migrate", "up", folder, *way)
    env.check(db.execute(up[0]).fetchall() == up[1], f"{folder} at 2.0.0")
    run(env, "migrate", "down", folder, *way)
    env.check(db.execute(back[0]).fetchall() == back[1], f"{folder} at 1.0.0 again")
    db.close()


def test_the_shop_of_the_annotations(env):
    write_examples(env)
    there_and_back(
        env, "shop",
        "INSERT INTO orders (state, cents, e_mail) "
        "VALUES ('paid', 12, 'a@b'), ('new', 5, NULL)",
        ("SELECT state, mills, email FROM purchase ORDER BY id",
         [("settled", 120, "a@b"), ("new", 50, "")]),
        ("SELECT state, cents, e_mail FROM orders ORDER BY id",
         [("paid", 12, "a@b"), ("new", 5, "")]))


def test_the_staff_of_the_way_back(env):
    write_examples(env)
    path = env.dir / "staff.db"
    run(env, "migrate", "to", "1.0.0", "staff", "--database", path)
    db = sqlite3.connect(path)
    db.execute("INSERT INTO people (name) VALUES ('A Lee')")
    db.commit()
    run(env, "migrate", "up", "staff", "--allow", "data-loss", "--database", path)
    env.equal(db.execute("SELECT first, last FROM people").fetchall(), [("A", "Lee")],
              "up")
    run(env, "migrate", "to", "1.0.0", "staff", "--allow", "data-loss", "--database",
        path)
    env.equal(db.execute("SELECT name FROM people").fetchall(), [("A Lee",)], "down")


def test_the_till_of_the_data_step(env):
    write_examples(env)
    path = env.dir / "till.db"
    run(env, "migrate", "to", "1.0.0", "till", "--database", path)
    db = sqlite3.connect(path)
    db.execute("INSERT INTO payments (cents) VALUES (1230)")
    db.commit()
    run(env, "migrate", "up", "till", "--allow", "data-loss", "--database", path)
    env.check(db.execute("SELECT net FROM payments").fetchall() == [(1034,)], "10.34")
    db.close()
