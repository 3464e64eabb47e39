CREATE TABLE t (
    id integer PRIMARY KEY,
    age integer DEFAULT 'unknown'
--                      ^^^^^^^^^ S0406
);
