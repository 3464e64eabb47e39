CREATE TABLE vehicles (id bigint PRIMARY KEY, plate text NOT NULL);
ALTER TABLE vehicels ADD COLUMN colour text;
