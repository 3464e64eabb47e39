CREATE TABLE a (
    tags integer[] NOT NULL
);
CREATE INDEX i ON a ((unnest(tags)));
--                    ^^^^^^^^^^^^ S0407
