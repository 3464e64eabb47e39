CREATE TABLE cars (
    id     bigint PRIMARY KEY,
    wheels bigint NOT NULL,
    axles  integer GENERATED ALWAYS AS (wheels / 2) STORED
);
-- Copied beside the old column: nobody waits.
CREATE TABLE boats (id bigint PRIMARY KEY, oars bigint);
