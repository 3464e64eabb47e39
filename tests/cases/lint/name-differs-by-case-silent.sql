CREATE TABLE cars (id bigint PRIMARY KEY);
CREATE TABLE trucks (id bigint PRIMARY KEY);
