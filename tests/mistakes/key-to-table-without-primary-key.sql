CREATE TABLE a (
    x integer
);
CREATE TABLE b (
    id integer PRIMARY KEY,
    x integer REFERENCES a
--            ^^^^^^^^^^^^ S0403
);
