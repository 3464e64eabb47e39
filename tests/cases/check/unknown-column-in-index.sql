CREATE TABLE vehicles (id integer PRIMARY KEY, number_plate text);
CREATE INDEX idx ON vehicles (number_palte);
