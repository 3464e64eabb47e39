CREATE TABLE a (
    id integer PRIMARY KEY,
    b text   -- @wsa c
--              ^^^^^^ S0201
);
