CREATE TABLE log (id integer PRIMARY KEY, what text);
