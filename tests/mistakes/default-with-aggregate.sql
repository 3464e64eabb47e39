CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer DEFAULT (sum(1))
--                     ^^^^^^ S0406
);
