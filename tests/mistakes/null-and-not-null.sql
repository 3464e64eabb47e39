CREATE TABLE t (
    id integer PRIMARY KEY,
    name text NOT NULL NULL
--  ^^^^^^^^^^^^^^^^^^^^^^^ S0407
);
