CREATE TABLE cars (id integer PRIMARY KEY, plate text, UNIQUE (plate, id)) WITHOUT ROWID;
