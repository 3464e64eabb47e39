CREATE TABLE cars (id bigint PRIMARY KEY, plate varchar(8) NOT NULL);
