CREATE TABLE cars (id bigint PRIMARY KEY, plate text NOT NULL);
CREATE FUNCTION cars_count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM cars';
