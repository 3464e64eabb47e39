-- @dialect sqlite
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT COLLATE BINARY NOT NULL,
    made datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
    size BIGINT UNSIGNED,
    anything
);
CREATE TABLE plain (
    id INT PRIMARY KEY,
    account INTEGER REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE pair (
    a INTEGER,
    b TINYINT,
    PRIMARY KEY (a, b)
);
CREATE TABLE named (
    id INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES account,
    PRIMARY KEY (id)
);
CREATE TABLE listed (
    id INTEGER PRIMARY KEY
) WITHOUT ROWID;
