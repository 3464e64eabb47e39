-- @schema w
CREATE TABLE w (id integer NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE UNIQUE INDEX u ON w (id, at);
CREATE TABLE e1 (id integer NOT NULL, at date NOT NULL);
CREATE UNIQUE INDEX e1_u ON e1 (id, at);
CREATE TABLE e2 (id integer NOT NULL, at date NOT NULL);
