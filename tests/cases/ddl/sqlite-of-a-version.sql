-- What the chosen SQLite lacks is an error where it is written.
CREATE TABLE rooms (
    id integer PRIMARY KEY,
    name text,
    low text GENERATED ALWAYS AS (lower(name)) STORED
);
CREATE VIEW pairs AS SELECT a.id FROM rooms a FULL JOIN rooms b ON a.id = b.id;
