CREATE TABLE m (id integer PRIMARY KEY, at date) PARTITION BY RANGE (at);
