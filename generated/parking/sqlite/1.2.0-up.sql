-- parking: from 1.1.0 to 1.2.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 create table payments
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

-- 02 add column vehicles.payment_status
ALTER TABLE vehicles ADD COLUMN payment_status TEXT;

-- 03 create index idx_vehicles_status_timestamp
CREATE INDEX idx_vehicles_status_timestamp ON vehicles (payment_status, entry_timestamp);

-- 04 every payment belongs to a vehicle
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "every payment belongs to a vehicle" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) = 0
FROM payments p LEFT JOIN vehicles v ON v.id = p.vehicle_id
WHERE v.id IS NULL
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
