-- @schema samples
-- What SQLite keeps in part or not at all is said; what is for another dialect is not.
CREATE EXTENSION pgcrypto;

CREATE TABLE people (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email  text CHECK (email ~ '^[^@]+@[^@]+\.[a-z]{2,}$'),
    plate  text CHECK (plate ~ '^[A-Z]{2}-[0-9]+$'),
    name   text COLLATE "de_DE",
    stay   interval,
    search text,  -- @only postgres
    CONSTRAINT known UNIQUE (email) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX people_search ON people USING gin (search);
CREATE INDEX people_name ON people USING hash (name);
