CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer GENERATED ALWAYS AS (a + 1) STORED
--                                 ^ S0408
);
