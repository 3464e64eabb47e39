CREATE TABLE t (
    id integer PRIMARY KEY
);
CREATE TABLE t (
--           ^ S0301
    id integer PRIMARY KEY
);
