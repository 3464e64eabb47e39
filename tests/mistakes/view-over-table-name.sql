CREATE TABLE t (
    id integer PRIMARY KEY
);
CREATE VIEW t AS SELECT 1 AS one;
--          ^ S0301
