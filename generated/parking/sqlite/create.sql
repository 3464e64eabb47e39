-- parking: from nothing to 1.3.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 create table vehicles
CREATE TABLE vehicles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number_plate TEXT NOT NULL UNIQUE,
    contact_name TEXT NOT NULL,
    phone_number TEXT NOT NULL,
    entry_timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicles_entry_timestamp_type CHECK (entry_timestamp IS datetime(substr(entry_timestamp, 1, 19), '+0 days') || substr(entry_timestamp, 20) AND (length(entry_timestamp) = 19 OR substr(entry_timestamp, 20) GLOB '.*[1-9]' AND substr(entry_timestamp, 21) NOT GLOB '*[^0-9]*' AND length(entry_timestamp) <= 26)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicles_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT vehicles_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26)),
    vehicle_type TEXT,
    parking_spot TEXT,
    payment_status TEXT
);

-- 02 create table system_config
CREATE TABLE system_config (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    retention_hours INTEGER NOT NULL DEFAULT 24
        CONSTRAINT system_config_retention_hours_type CHECK (typeof(retention_hours) = 'integer' AND retention_hours BETWEEN -2147483648 AND 2147483647),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT system_config_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 03 create table audit_logs
CREATE TABLE audit_logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT audit_logs_timestamp_type CHECK (timestamp IS datetime(substr(timestamp, 1, 19), '+0 days') || substr(timestamp, 20) AND (length(timestamp) = 19 OR substr(timestamp, 20) GLOB '.*[1-9]' AND substr(timestamp, 21) NOT GLOB '*[^0-9]*' AND length(timestamp) <= 26)),
    details TEXT
);

-- 04 create table parking_spots
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

-- 05 create table payments
CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id)
        CONSTRAINT payments_vehicle_id_type CHECK (typeof(vehicle_id) = 'integer' AND vehicle_id BETWEEN -2147483648 AND 2147483647),
    amount DECIMAL_INT(10,2) NOT NULL
        CONSTRAINT payments_amount_type CHECK (typeof(amount) = 'integer' AND abs(amount) < 10000000000),
    payment_status TEXT NOT NULL,
    payment_method TEXT,
    transaction_id TEXT UNIQUE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT payments_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26))
);

-- 06 create table parking_rates
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

-- 07 create table audit_logs_archive
CREATE TABLE audit_logs_archive (
    id INTEGER PRIMARY KEY,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    timestamp TIMESTAMP NOT NULL
        CONSTRAINT audit_logs_archive_timestamp_type CHECK (timestamp IS datetime(substr(timestamp, 1, 19), '+0 days') || substr(timestamp, 20) AND (length(timestamp) = 19 OR substr(timestamp, 20) GLOB '.*[1-9]' AND substr(timestamp, 21) NOT GLOB '*[^0-9]*' AND length(timestamp) <= 26)),
    details TEXT
);

-- 08 insert initial rows of system_config
INSERT INTO system_config (retention_hours) SELECT 24 WHERE NOT EXISTS (SELECT 1 FROM system_config WHERE retention_hours IS 24);

-- 09 create index idx_vehicles_number_plate
CREATE INDEX idx_vehicles_number_plate ON vehicles (number_plate);

-- 10 create index idx_vehicles_entry_timestamp
CREATE INDEX idx_vehicles_entry_timestamp ON vehicles (entry_timestamp);

-- 11 create index idx_audit_logs_timestamp
CREATE INDEX idx_audit_logs_timestamp ON audit_logs (timestamp);

-- 12 create index idx_audit_logs_entity
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity, entity_id);

-- 13 create index idx_vehicles_status_timestamp
CREATE INDEX idx_vehicles_status_timestamp ON vehicles (payment_status, entry_timestamp);

-- 14 create index idx_payments_vehicle_id
CREATE INDEX idx_payments_vehicle_id ON payments (vehicle_id);

-- 15 create index idx_payments_created_at
CREATE INDEX idx_payments_created_at ON payments (created_at);

-- 16 create index idx_audit_logs_archive_timestamp
CREATE INDEX idx_audit_logs_archive_timestamp ON audit_logs_archive (timestamp);

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
