CREATE TABLE a (
    id integer PRIMARY KEY,
    price integer
);
CREATE VIEW v AS SELECT a.* FROM a GROUP BY price;
--                      ^^^ S0451
