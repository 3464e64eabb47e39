CREATE TABLE t (
    id integer PRIMARY KEY,
    select text
--  ^^^^^^ S0101
);
