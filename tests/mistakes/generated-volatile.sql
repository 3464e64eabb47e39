CREATE TABLE t (
    id integer PRIMARY KEY,
    r double precision GENERATED ALWAYS AS (random()) STORED
--                                          ^^^^^^^^ S0408
);
