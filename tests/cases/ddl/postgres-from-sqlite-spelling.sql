-- @schema test
CREATE TABLE [orders] (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    placed DATETIME NOT NULL DEFAULT (datetime('now')),
    `name` TEXT COLLATE NOCASE UNIQUE ON CONFLICT IGNORE,
    done BOOLEAN NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    data BLOB DEFAULT x'00ff',
    twice INTEGER GENERATED ALWAYS AS (id * 2) VIRTUAL
) STRICT;
CREATE VIEW waiting AS SELECT id, ifnull(name, '?') AS name FROM orders WHERE done = 0;
INSERT INTO orders (name, done) VALUES ('a', 1);
-- @only sqlite
CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT 1; END;
