CREATE TABLE vehicles (id INTEGER, number_plate TEXT);
CREATE INDEX i ON vehicles (number_plat);
