CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v (x, y) AS SELECT id FROM a;
--          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0414
