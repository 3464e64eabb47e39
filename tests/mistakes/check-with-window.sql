CREATE TABLE a (
    id integer PRIMARY KEY,
    CHECK (row_number() OVER (ORDER BY id) > 0)
--         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0407
);
