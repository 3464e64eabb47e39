CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL
);
CREATE VIEW v AS SELECT lower(DISTINCT name) AS u FROM a;
--                      ^^^^^^^^^^^^^^^^^^^^ S0450
