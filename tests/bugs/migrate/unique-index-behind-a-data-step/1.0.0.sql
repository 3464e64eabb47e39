CREATE TABLE cars (id integer PRIMARY KEY, plate text);
