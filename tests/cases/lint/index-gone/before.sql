CREATE TABLE cars (id bigint PRIMARY KEY, plate text NOT NULL);
CREATE INDEX cars_plate ON cars (plate);
