CREATE TYPE colour AS ENUM ('red', 'blue', 'green', 'black');
CREATE TABLE cars (id bigint PRIMARY KEY, colour colour NOT NULL);
