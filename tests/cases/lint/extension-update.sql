CREATE EXTENSION postgis VERSION '3.4.0';
CREATE TABLE places (id bigint PRIMARY KEY, name text NOT NULL);
