CREATE TABLE cars (
    id     bigint PRIMARY KEY,
    wheels integer NOT NULL,
    CONSTRAINT some_wheels CHECK (wheels > 0)
);
