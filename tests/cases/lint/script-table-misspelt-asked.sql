CREATE TABLE vehicles (id bigint PRIMARY KEY, plate text NOT NULL);
SET lock_timeout = '2s';
ALTER TABLE vehicels ADD COLUMN colour text;
