CREATE TABLE a (
    name text NOT NULL,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT DISTINCT ON (name) name, price FROM a ORDER BY price, name;
--                                                                     ^^^^^ S0451
