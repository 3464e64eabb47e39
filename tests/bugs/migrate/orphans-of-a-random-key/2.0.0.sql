CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE cars (id integer PRIMARY KEY, owner integer, tag uuid);
