SET LOCAL lock_timeout = '2s';
START TRANSACTION;
SET LOCAL lock_timeout TO '2s';
ALTER TABLE cars ADD COLUMN doors integer;
SAVEPOINT a;
ROLLBACK TO a;
DROP INDEX CONCURRENTLY cars_plate;
REINDEX (VERBOSE, CONCURRENTLY) TABLE cars;
ALTER TABLE trips DETACH PARTITION trips_2019 CONCURRENTLY;
END;
-- The timeout was the transaction's.
ALTER TABLE cars ADD COLUMN seats integer;
ALTER TABLE cars ADD COLUMN windows integer;
ROLLBACK;
