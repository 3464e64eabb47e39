CREATE TYPE kind AS ENUM ('car', 'truck');
CREATE TABLE cars (id bigint PRIMARY KEY, kind kind NOT NULL);
