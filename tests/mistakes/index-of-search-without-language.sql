CREATE TABLE a (
    name text NOT NULL
);
CREATE INDEX i ON a USING gin (to_tsvector(name));
--                             ^^^^^^^^^^^^^^^^^ S0407
