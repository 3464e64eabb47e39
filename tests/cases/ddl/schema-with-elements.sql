CREATE TYPE mood AS ENUM ('a', 'b');

CREATE SCHEMA shop
  CREATE VIEW dear AS
    WITH box AS (SELECT 1 AS id)
    SELECT i.id, i.price FROM item i JOIN box ON box.id = i.box JOIN item u ON u.id = i.id
  -- @only postgres
  CREATE INDEX by_price ON item (price)
  CREATE TABLE item (
    id bigint PRIMARY KEY DEFAULT nextval('shop.ids'),
    box integer REFERENCES box, -- where it is
    outer_box integer REFERENCES other (id),
    mood mood,
    price numeric(8, 2) NOT NULL
  )
  CREATE TABLE box (id integer PRIMARY KEY)
  CREATE SEQUENCE ids START 10
  GRANT SELECT, INSERT ON item TO ann WITH GRANT OPTION
  GRANT SELECT ON dear TO PUBLIC;

CREATE TABLE other (id integer PRIMARY KEY);
CREATE TABLE item (id integer PRIMARY KEY);
