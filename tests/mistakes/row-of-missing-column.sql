CREATE TABLE t (
    id integer PRIMARY KEY,
    name text
);
INSERT INTO t (id, nam) VALUES (1, 'a');
--                 ^^^ S0304
