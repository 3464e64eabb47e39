CREATE TABLE a (
    id integer PRIMARY KEY,
    b text   -- @was
--              ^^^^ S0203
);
