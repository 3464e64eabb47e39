CREATE TABLE parts (id integer, at date) PARTITION BY RANGE (at);
CREATE TABLE base (id integer PRIMARY KEY);
CREATE TABLE child (note text) INHERITS (base);
