CREATE TABLE t (
    id integer PRIMARY KEY,
    age integer CHECK ()
--                     ^ S0101
);
