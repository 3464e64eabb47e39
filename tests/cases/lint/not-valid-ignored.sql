CREATE TABLE cars (
    id     bigint PRIMARY KEY,
    wheels integer NOT NULL,
    CHECK (wheels > 0) NOT VALID
);
