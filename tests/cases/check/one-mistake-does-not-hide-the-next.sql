CREATE TABLE a (id integer,, name text);
CREATE TABLE b (id integer PRIMARY KEY);
CREATE INDEX i ON b (nmae);
CREATE TABLE c (id integer, b_id integer REFERENCES bb (id));
