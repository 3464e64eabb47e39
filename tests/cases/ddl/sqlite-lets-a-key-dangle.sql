CREATE TABLE child (id integer PRIMARY KEY, p integer REFERENCES parent (id));
