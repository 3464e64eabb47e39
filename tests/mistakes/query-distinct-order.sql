CREATE TABLE a (
    name text NOT NULL,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT DISTINCT name FROM a ORDER BY price;
--                                                    ^^^^^ S0451
