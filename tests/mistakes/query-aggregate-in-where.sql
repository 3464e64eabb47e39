CREATE TABLE a (
    id integer PRIMARY KEY,
    price integer NOT NULL
);
CREATE VIEW v AS SELECT id FROM a WHERE price = max(price);
--                                              ^^^^^^^^^^ S0451
