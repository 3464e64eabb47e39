-- @schema l
-- @lint off small-key "all of it"

CREATE TABLE readings (
    id         integer PRIMARY KEY,
    total_cost real NOT NULL, -- @lint off float-money "an estimate"
    -- @lint off foreign-key-without-index "rarely"
    other integer REFERENCES readings (id),
    CONSTRAINT c CHECK (id > 0) -- @lint off index-covered "why not"
);
-- @lint off table-without-primary-key "a log"
CREATE TABLE log (what text);
-- @lint off index-covered "x"
CREATE INDEX i ON readings (total_cost);
-- @lint off unused-type "soon"
CREATE TYPE e AS ENUM ('a', 'b');
-- @lint off view-selects-star "yes"
CREATE VIEW v AS SELECT * FROM log;
-- @lint off unused-sequence "soon"
CREATE SEQUENCE s;
