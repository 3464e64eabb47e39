CREATE TABLE t (
    id integer PRIMARY KEY,
    flag varchar(10, 2)
--       ^^^^^^^^^^^^^^ S0405
);
