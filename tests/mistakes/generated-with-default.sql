CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer,
    b integer DEFAULT 1 GENERATED ALWAYS AS (a + 1) STORED
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0408
);
