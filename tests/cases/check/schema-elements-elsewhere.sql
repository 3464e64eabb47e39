CREATE SCHEMA shop
  CREATE TABLE item (id integer PRIMARY KEY)
  CREATE TABLE store.box (id integer PRIMARY KEY);
