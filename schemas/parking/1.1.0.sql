-- @schema parking
-- @extends 1.0.0
--
-- Enhanced vehicle tracking: kinds of vehicles, and the spots they stand on.

ALTER TABLE vehicles
    ADD COLUMN vehicle_type TEXT,
    ADD COLUMN parking_spot TEXT;

CREATE TABLE parking_spots (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    spot_number  TEXT UNIQUE NOT NULL,
    vehicle_type TEXT,
    is_occupied  BOOLEAN DEFAULT FALSE,
    created_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at   DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
