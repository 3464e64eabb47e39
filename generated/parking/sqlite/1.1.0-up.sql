-- parking: from 1.0.0 to 1.1.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 create table parking_spots
CREATE TABLE parking_spots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    spot_number TEXT NOT NULL UNIQUE,
    vehicle_type TEXT,
    is_occupied BOOLEAN DEFAULT FALSE
        CONSTRAINT parking_spots_is_occupied_type CHECK (is_occupied IN (0, 1)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT parking_spots_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT parking_spots_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 02 add column vehicles.vehicle_type
ALTER TABLE vehicles ADD COLUMN vehicle_type TEXT;

-- 03 add column vehicles.parking_spot
ALTER TABLE vehicles ADD COLUMN parking_spot TEXT;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
