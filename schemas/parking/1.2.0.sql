-- @schema parking
-- @extends 1.1.0
--
-- Payment integration.

CREATE TABLE payments (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id     INTEGER NOT NULL,
    amount         DECIMAL(10,2) NOT NULL,
    payment_status TEXT NOT NULL,
    payment_method TEXT,
    transaction_id TEXT UNIQUE,
    created_at     DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- @lint off foreign-key-without-index "1.3.0 brings the index"
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id)
);

ALTER TABLE vehicles ADD COLUMN payment_status TEXT;

CREATE INDEX idx_vehicles_status_timestamp ON vehicles (payment_status, entry_timestamp);

-- @verify "every payment belongs to a vehicle"
SELECT count(*) = 0
FROM payments p LEFT JOIN vehicles v ON v.id = p.vehicle_id
WHERE v.id IS NULL;
-- @end
