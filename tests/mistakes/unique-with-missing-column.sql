CREATE TABLE t (
    id integer PRIMARY KEY,
    email text,
    UNIQUE (mail)
--          ^^^^ S0304
);
