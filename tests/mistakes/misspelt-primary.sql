CREATE TABLE t (
    id integer PRIMRY KEY
--             ^^^^^^ S0101
);
