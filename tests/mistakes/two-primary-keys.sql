CREATE TABLE t (
    id integer PRIMARY KEY,
    code text PRIMARY KEY
--            ^^^^^^^^^^^ S0404
);
