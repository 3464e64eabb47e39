CREATE TABLE lots (id INTEGER);
/* for ever
