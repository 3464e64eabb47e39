CREATE TABLE a (
    id integer PRIMARY KEY,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT sum(rank() OVER (ORDER BY price)) AS n FROM a;
--                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0450
