-- parking: from 1.1.0 to 1.0.0 (sqlite)
-- loses column vehicles.vehicle_type
-- loses column vehicles.parking_spot
-- loses table parking_spots

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 drop column vehicles.vehicle_type
-- WARNING data-loss: column vehicles.vehicle_type is lost (not allowed; say --allow data-loss)
ALTER TABLE vehicles DROP COLUMN vehicle_type;

-- 02 drop column vehicles.parking_spot
-- WARNING data-loss: column vehicles.parking_spot is lost (not allowed; say --allow data-loss)
ALTER TABLE vehicles DROP COLUMN parking_spot;

-- 03 drop table parking_spots
-- WARNING data-loss: table parking_spots is lost (not allowed; say --allow data-loss)
DROP TABLE parking_spots;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
