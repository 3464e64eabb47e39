CREATE TABLE cars (
    id     bigint PRIMARY KEY,
    wheels integer NOT NULL CHECK (wheels > 0),
    CONSTRAINT some_wheels CHECK (wheels > 0)
);
