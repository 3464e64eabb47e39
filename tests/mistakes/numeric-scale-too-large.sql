CREATE TABLE t (
    id integer PRIMARY KEY,
    price numeric(5, 2000)
--        ^^^^^^^^^^^^^^^^ S0405
);
