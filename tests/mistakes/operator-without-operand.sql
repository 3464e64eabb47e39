CREATE TABLE t (
    id integer PRIMARY KEY,
    age integer CHECK (age > )
--                           ^ S0101
);
