CREATE TABLE t (
    id integer PRIMARY KEY,
    name text DEFAULT,
--                   ^ S0101
    age integer
);
