CREATE TABLE t (
    id integer PRIMARY KEY /* the key
--                         ^^^^^^^^^^... S0103
);
