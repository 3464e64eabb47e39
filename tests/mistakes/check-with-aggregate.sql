CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer CHECK (sum(a) > 1)
--                   ^^^^^^ S0407
);
