-- @schema parking
-- @extends 1.2.0
--
-- Rate configuration, and the indexes that the daily lists of payments need.

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
