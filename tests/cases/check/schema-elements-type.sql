CREATE SCHEMA shop
  CREATE TABLE item (id integer PRIMARY KEY)
  CREATE TYPE mood AS ENUM ('a');
