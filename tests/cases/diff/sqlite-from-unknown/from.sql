-- @schema cars
CREATE TABLE cars (id integer PRIMARY KEY, plate text NOT NULL);
