CREATE EXTENSION postgis;
CREATE TABLE places (id bigint PRIMARY KEY, name text NOT NULL);
