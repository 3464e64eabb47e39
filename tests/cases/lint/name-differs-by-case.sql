CREATE TABLE cars (id bigint PRIMARY KEY);
CREATE TABLE "Cars" (id bigint PRIMARY KEY);
