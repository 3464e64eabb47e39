CREATE TABLE trips_2030 (id bigint PRIMARY KEY, day date NOT NULL);
ALTER TABLE trips_2029 ADD COLUMN colour text;
