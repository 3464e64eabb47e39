CREATE TABLE t (
    id integer PRIMARY KEY,
    name text NOT NULL
);
INSERT INTO t (id, name) VALUES (1, NULL);
--                                  ^^^^ S0409
