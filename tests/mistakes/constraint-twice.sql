CREATE TABLE t (
    id integer PRIMARY KEY,
    age integer,
    CONSTRAINT sane CHECK (age > 0),
    CONSTRAINT sane CHECK (age < 200)
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0301
);
