-- @schema garage

CREATE TYPE colour AS ENUM ('red', 'gray', 'blue');
CREATE TABLE owners (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE cars (
    id     bigint PRIMARY KEY,
    plate  varchar(12) NOT NULL,
    wheels bigint NOT NULL,
    doors  integer,
    colour colour NOT NULL
);
