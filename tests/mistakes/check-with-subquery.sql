CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer CHECK (a > (SELECT 1))
--                       ^^^^^^^^^^ S0407
);
