-- @schema shop
CREATE TABLE goods (id integer PRIMARY KEY, price integer NOT NULL);
CREATE VIEW prices AS SELECT id, price FROM goods;
CREATE VIEW dear AS SELECT id FROM prices WHERE price > 100;
GRANT SELECT ON prices TO PUBLIC;
GRANT SELECT ON dear TO PUBLIC;
