CREATE TABLE vehicles (id integer PRIMARY KEY, plate text);
CREATE TABLE logs (plate text REFERENCES vehicles (plate));
