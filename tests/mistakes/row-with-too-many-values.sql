CREATE TABLE t (
    id integer PRIMARY KEY,
    name text
);
INSERT INTO t (id, name) VALUES (1, 'a', 'b');
--                              ^^^^^^^^^^^^^ S0409
