-- SQLite keeps the words of a statement, so in its own terms parentheses that say nothing
-- and the table's name before a column stay where the writer put them.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    age INTEGER DEFAULT (7) CHECK (users.age > (1)),
    note TEXT DEFAULT ((lower('X'))),
    twice INTEGER AS ((age * 2)),
    CHECK ((age > 1 AND (age < 9)) AND (note <> '' OR (age = 2))),
    CHECK ((((age)) + ((age * 1)) > 2) OR (age = 1 OR age = 2)),
    CHECK (-(age) < 0 AND NOT (age IS NULL) AND (age) IN ((1), 2))
);
CREATE INDEX lower_note ON users ((lower(note)), lower(note), (age + 1)) WHERE (users.age) > 3;
CREATE TRIGGER tr AFTER UPDATE ON users WHEN new.age > 5 BEGIN
    UPDATE users SET note = (strftime('%s', 'now')) WHERE (id = old.id);
END;
CREATE TRIGGER tr2 AFTER UPDATE ON users WHEN (new.age > 5) BEGIN
    INSERT INTO users (age) VALUES ((1 + 1)), ((new.age));
END;
