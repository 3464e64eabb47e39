CREATE TABLE a (
    tags integer[] NOT NULL
);
CREATE VIEW v AS SELECT tags FROM a WHERE unnest(tags) = 3;
--                                        ^^^^^^^^^^^^ S0451
