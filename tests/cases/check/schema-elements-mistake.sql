CREATE SCHEMA shop
  CREATE TABLE box (id integer PRIMARY KEY)
  CREATE TABLE item (id integer PRIMARI KEY)
  CREATE VIEW items AS SELECT id FROM item;

COMMENT ON TABLE shop.box IS 'a box';
