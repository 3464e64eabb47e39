CREATE EXTENSION postgis VERSION '3.3.2';
CREATE TABLE places (id bigint PRIMARY KEY, name text NOT NULL);
