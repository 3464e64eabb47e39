CREATE TABLE t (
    id integer PRIMARY KEY,
    name varchar(0)
--       ^^^^^^^^^^ S0405
);
