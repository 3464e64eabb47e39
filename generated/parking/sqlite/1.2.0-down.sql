-- parking: from 1.2.0 to 1.1.0 (sqlite)
-- loses column vehicles.payment_status
-- loses table payments

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 drop index idx_vehicles_status_timestamp
DROP INDEX idx_vehicles_status_timestamp;

-- 02 drop column vehicles.payment_status
-- WARNING data-loss: column vehicles.payment_status is lost (not allowed; say --allow data-loss)
ALTER TABLE vehicles DROP COLUMN payment_status;

-- 03 drop table payments
-- WARNING data-loss: table payments is lost (not allowed; say --allow data-loss)
DROP TABLE payments;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
