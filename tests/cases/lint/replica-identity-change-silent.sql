CREATE TABLE cars (id bigint PRIMARY KEY, plate text NOT NULL UNIQUE, colour text);
