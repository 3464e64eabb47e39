-- @schema shop
CREATE TABLE goods (id integer PRIMARY KEY, price bigint NOT NULL);
CREATE VIEW prices AS SELECT id, price FROM goods;
CREATE VIEW dear AS SELECT id FROM prices WHERE price > 100;
GRANT SELECT ON prices TO PUBLIC;
GRANT SELECT, UPDATE ON dear TO PUBLIC;
CREATE VIEW cheap AS SELECT id FROM prices WHERE price < 10;
GRANT SELECT ON cheap TO PUBLIC;
