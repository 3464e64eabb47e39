CREATE TABLE cars (id bigint PRIMARY KEY, plate text NOT NULL);
CREATE VIEW all_cars AS SELECT * FROM cars;
