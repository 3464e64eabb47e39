CREATE TABLE t (
    id integer PRIMARY KEY
);
CREATE SEQUENCE s OWNED BY t.idd;
--              ^ S0304
