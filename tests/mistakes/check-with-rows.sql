CREATE TABLE a (
    tags integer[] NOT NULL,
    CHECK (unnest(tags) > 0)
--         ^^^^^^^^^^^^ S0407
);
