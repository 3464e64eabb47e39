CREATE TABLE t (
    id integer PRIMARY KEY,
    name text,
    name text
--  ^^^^ S0302
);
