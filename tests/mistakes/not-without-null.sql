CREATE TABLE t (
    id integer PRIMARY KEY,
    name text NOT,
--               ^ S0101
    age integer
);
