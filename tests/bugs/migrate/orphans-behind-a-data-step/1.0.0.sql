CREATE TABLE cars (id integer PRIMARY KEY, owner integer);
