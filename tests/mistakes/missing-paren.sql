CREATE TABLE t (
    id integer PRIMARY KEY,
    name text
--           ^ S0101
;

CREATE TABLE u (
    id integer PRIMARY KEY
);
