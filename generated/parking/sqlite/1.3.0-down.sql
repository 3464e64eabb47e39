-- parking: from 1.3.0 to 1.2.0 (sqlite)
-- loses table audit_logs_archive
-- loses table parking_rates

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 drop index idx_payments_vehicle_id
DROP INDEX idx_payments_vehicle_id;

-- 02 drop index idx_payments_created_at
DROP INDEX idx_payments_created_at;

-- 03 drop table audit_logs_archive
-- WARNING data-loss: table audit_logs_archive is lost (not allowed; say --allow data-loss)
DROP TABLE audit_logs_archive;

-- 04 drop table parking_rates
-- WARNING data-loss: table parking_rates is lost (not allowed; say --allow data-loss)
DROP TABLE parking_rates;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
