-- The server refuses to take an INVALID one.
CREATE UNIQUE INDEX CONCURRENTLY cars_plate ON cars (plate);
SET lock_timeout = '1s';
ALTER TABLE cars ADD CONSTRAINT cars_plate UNIQUE USING INDEX cars_plate;
-- Somebody looks.
CREATE INDEX CONCURRENTLY IF NOT EXISTS cars_colour ON cars (colour);
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE NOT indisvalid) THEN RAISE 'drop it'; END IF;
END $$;
-- No name to drop it by.
CREATE UNIQUE INDEX CONCURRENTLY ON cars (wheels);
-- A table that was made here has no rows.
CREATE TABLE vans (id bigint PRIMARY KEY);
CREATE UNIQUE INDEX CONCURRENTLY vans_id ON vans (id);
