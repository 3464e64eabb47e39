-- parking: from 1.2.0 to 1.3.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 create table parking_rates
CREATE TABLE parking_rates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_type TEXT NOT NULL,
    rate_per_hour DECIMAL_INT(10,2) NOT NULL
        CONSTRAINT parking_rates_rate_per_hour_type CHECK (typeof(rate_per_hour) = 'integer' AND abs(rate_per_hour) < 10000000000),
    minimum_hours INTEGER DEFAULT 1
        CONSTRAINT parking_rates_minimum_hours_type CHECK (minimum_hours IS NULL OR typeof(minimum_hours) = 'integer' AND minimum_hours BETWEEN -2147483648 AND 2147483647),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT parking_rates_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT parking_rates_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 02 create table audit_logs_archive
CREATE TABLE audit_logs_archive (
    id INTEGER PRIMARY KEY,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    timestamp TIMESTAMP NOT NULL
        CONSTRAINT audit_logs_archive_timestamp_type CHECK (timestamp IS datetime(substr(timestamp, 1, 19), '+0 days') || substr(timestamp, 20) AND (length(timestamp) = 19 OR substr(timestamp, 20) GLOB '.*[1-9]' AND substr(timestamp, 21) NOT GLOB '*[^0-9]*' AND length(timestamp) <= 26)),
    details TEXT
);

-- 03 create index idx_payments_vehicle_id
CREATE INDEX idx_payments_vehicle_id ON payments (vehicle_id);

-- 04 create index idx_payments_created_at
CREATE INDEX idx_payments_created_at ON payments (created_at);

-- 05 create index idx_audit_logs_archive_timestamp
CREATE INDEX idx_audit_logs_archive_timestamp ON audit_logs_archive (timestamp);

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
