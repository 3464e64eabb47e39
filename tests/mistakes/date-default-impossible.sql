CREATE TABLE t (
    id integer PRIMARY KEY,
    d date DEFAULT '2024-02-31'
--                 ^^^^^^^^^^^^ S0406
);
