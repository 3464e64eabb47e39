-- @schema test
CREATE TABLE t (
    id INTEGER PRIMARY KEY,
    at TEXT DEFAULT (strftime('%s', 'now', '+1 day')),
    plate TEXT CHECK (plate GLOB 'A*'),
    ends TEXT DEFAULT (datetime('now', '+1 hour'))
);
CREATE TRIGGER t AFTER INSERT ON t BEGIN SELECT 1; END;
