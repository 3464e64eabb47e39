CREATE TABLE a (
    name text NOT NULL,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT name FROM a GROUP BY name HAVING price > 3;
--                                                       ^^^^^ S0451
