CREATE TABLE cars (id bigint PRIMARY KEY, stolen boolean NOT NULL DEFAULT false);
