CREATE TABLE a (
    name text NOT NULL,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT name FROM a GROUP BY name ORDER BY price;
--                                                         ^^^^^ S0451
