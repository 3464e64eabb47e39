-- With --strict what SQLite has no words for is an error.
CREATE TABLE rooms (
    id integer PRIMARY KEY,
    number integer GENERATED ALWAYS AS IDENTITY,
    name text CHECK (name ~ '^[a-z]+$')
);
CREATE VIEW digests AS SELECT md5(name) AS digest FROM rooms;
CREATE MATERIALIZED VIEW names AS SELECT name FROM rooms;
