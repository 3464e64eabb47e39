CREATE TABLE cars (
    id     bigint PRIMARY KEY,
    wheels integer NOT NULL,
    axles  integer GENERATED ALWAYS AS (wheels / 2) STORED
);
CREATE TABLE boats (id bigint PRIMARY KEY, oars integer);
