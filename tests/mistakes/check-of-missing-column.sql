CREATE TABLE t (
    id integer PRIMARY KEY,
    price integer CHECK (prise > 0)
--                       ^^^^^ S0304
);
