CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t (id integer PRIMARY KEY, price decimal(10,2) NOT NULL, m mood);
