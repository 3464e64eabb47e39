CREATE TABLE a (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT id, row_number() AS n FROM a;
--                          ^^^^^^^^^^^^ S0450
