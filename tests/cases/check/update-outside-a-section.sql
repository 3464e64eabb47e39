CREATE TABLE lots (id INTEGER);
UPDATE lots SET id = 1;
