-- @schema test
CREATE TYPE mood AS ENUM ('low', 'middle', 'high');
CREATE TABLE person (
    id integer PRIMARY KEY,
    now mood NOT NULL DEFAULT 'low',
    history mood[],
    CONSTRAINT noted CHECK (now <> 'low' OR id > 9)
);
CREATE INDEX good ON person (id) WHERE now = 'high';
