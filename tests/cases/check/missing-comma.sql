CREATE TABLE lots (
    id INTEGER
    name TEXT
);
