-- @schema parking
-- @extends 1.2.0
--
-- Rate configuration, the indexes that the daily lists of payments need, and the place
-- where old lines of the log go.

CREATE TABLE parking_rates (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_type  TEXT NOT NULL,
    rate_per_hour DECIMAL(10,2) NOT NULL,
    minimum_hours INTEGER DEFAULT 1,
    created_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_payments_vehicle_id ON payments (vehicle_id);
CREATE INDEX idx_payments_created_at ON payments (created_at);

-- Lines older than 90 days, under the numbers that they had.
CREATE TABLE audit_logs_archive (
    id        INTEGER PRIMARY KEY,
    action    TEXT NOT NULL,
    entity    TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    timestamp DATETIME NOT NULL,
    details   TEXT
);

CREATE INDEX idx_audit_logs_archive_timestamp ON audit_logs_archive (timestamp);
