CREATE TABLE a (
    price integer NOT NULL
);
CREATE VIEW v AS SELECT price FROM a GROUP BY price HAVING rank() OVER (ORDER BY price) > 1;
--                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0451
