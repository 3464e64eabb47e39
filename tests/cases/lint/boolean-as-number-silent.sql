CREATE TABLE cars (id bigint PRIMARY KEY, is_stolen boolean NOT NULL);
