CREATE TABLE a (
    id integer PRIMARY KEY,
    name text NOT NULL,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT name, max(price) AS most FROM a GROUP BY price;
--                      ^^^^ S0451
