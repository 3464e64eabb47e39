-- @schema test
-- @map 'middle' = 'high'
CREATE TYPE mood AS ENUM ('high', 'low');
CREATE TABLE person (
    id integer PRIMARY KEY,
    now mood NOT NULL DEFAULT 'low',
    history mood[],
    CONSTRAINT noted CHECK (now <> 'low' OR id > 9)
);
CREATE INDEX good ON person (id) WHERE now = 'high';
