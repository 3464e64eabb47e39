CREATE SCHEMA market;
CREATE VIEW market.orders AS SELECT id, price FROM shop.orders;
