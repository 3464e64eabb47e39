CREATE TABLE t (
    id integer PRIMARY KEY,
    name text DEFAULT 'nobody
--                    ^^^^^^^... S0102
);
