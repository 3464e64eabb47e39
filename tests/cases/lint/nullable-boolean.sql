CREATE TABLE cars (id bigint PRIMARY KEY, stolen boolean);
