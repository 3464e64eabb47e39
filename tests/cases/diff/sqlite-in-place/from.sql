-- @schema cars
CREATE TABLE cars (id integer PRIMARY KEY, plate text NOT NULL, old boolean);
CREATE VIEW plates AS SELECT id, plate FROM cars;
CREATE TABLE gone (id integer PRIMARY KEY);
