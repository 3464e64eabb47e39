CREATE TABLE t (
    id integer PRIMARY KEY,
    age integer
);
INSERT INTO t (id, age) VALUES (1, 5), (1, 6);
--                                     ^^^^^^ S0409
