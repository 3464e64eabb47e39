CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer,
    b integer DEFAULT (a + 1)
--                     ^ S0406
);
