CREATE TABLE t (
    id integer PRIMARY KEY,
    age integer
);
INSERT INTO t (id, age) VALUES (1, 'old');
--                                 ^^^^^ S0409
