CREATE TYPE kind AS ENUM ('car', 'truck', 'bus');
CREATE TABLE cars (
    id   bigint PRIMARY KEY,
    kind kind NOT NULL
);
CREATE TABLE rates (
    id   bigint PRIMARY KEY,
    kind kind NOT NULL
);
