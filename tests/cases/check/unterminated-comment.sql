CREATE TABLE vehicles (id integer PRIMARY KEY);
/* this never ends
CREATE TABLE other (id integer);
