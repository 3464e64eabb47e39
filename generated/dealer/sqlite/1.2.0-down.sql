-- dealer: from 1.2.0 to 1.1.0 (sqlite)
-- loses columns repair_orders.bay_number, repair_orders.bay_id
-- loses table bay_status_logs
-- loses table bay_assignments
-- loses table service_bays

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 drop trigger repair_orders_updated_at_touch
DROP TRIGGER repair_orders_updated_at_touch;

-- 02 drop trigger service_bays_updated_at_touch
DROP TRIGGER service_bays_updated_at_touch;

-- 03 drop trigger bay_assignments_updated_at_touch
DROP TRIGGER bay_assignments_updated_at_touch;

-- 04 drop trigger bay_status_logs_append_only_update
DROP TRIGGER bay_status_logs_append_only_update;

-- 05 drop trigger bay_status_logs_append_only_delete
DROP TRIGGER bay_status_logs_append_only_delete;

-- 06 drop index idx_repair_orders_bay_id
DROP INDEX idx_repair_orders_bay_id;

-- 07 rebuild table repair_orders
-- WARNING data-loss: columns repair_orders.bay_number, repair_orders.bay_id is lost (not allowed; say --allow data-loss)
CREATE TABLE schemac_new_repair_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_number VARCHAR(30) NOT NULL UNIQUE
        CONSTRAINT repair_orders_order_number_type CHECK (length(order_number) <= 30),
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT repair_orders_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    customer_id BIGINT NOT NULL REFERENCES customers (id)
        CONSTRAINT repair_orders_customer_id_type CHECK (typeof(customer_id) = 'integer'),
    customer_vehicle_id BIGINT NOT NULL REFERENCES customer_vehicles (id)
        CONSTRAINT repair_orders_customer_vehicle_id_type CHECK (typeof(customer_vehicle_id) = 'integer'),
    appointment_id BIGINT UNIQUE REFERENCES service_appointments (id) ON DELETE SET NULL
        CONSTRAINT repair_orders_appointment_id_type CHECK (appointment_id IS NULL OR typeof(appointment_id) = 'integer'),
    advisor_id BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT repair_orders_advisor_id_type CHECK (typeof(advisor_id) = 'integer'),
    mileage_km INTEGER NOT NULL
        CHECK (mileage_km >= 0)
        CONSTRAINT repair_orders_mileage_km_type CHECK (typeof(mileage_km) = 'integer' AND mileage_km BETWEEN -2147483648 AND 2147483647),
    complaint TEXT NOT NULL,
    diagnosis TEXT,
    opened_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_orders_opened_at_type CHECK (opened_at IS datetime(substr(opened_at, 1, 19), '+0 days') || substr(opened_at, 20) AND (length(opened_at) = 19 OR substr(opened_at, 20) GLOB '.*[1-9]' AND substr(opened_at, 21) NOT GLOB '*[^0-9]*' AND length(opened_at) <= 26)),
    promised_at TIMESTAMP
        CONSTRAINT repair_orders_promised_at_type CHECK (promised_at IS datetime(substr(promised_at, 1, 19), '+0 days') || substr(promised_at, 20) AND (length(promised_at) = 19 OR substr(promised_at, 20) GLOB '.*[1-9]' AND substr(promised_at, 21) NOT GLOB '*[^0-9]*' AND length(promised_at) <= 26)),
    completed_at TIMESTAMP
        CONSTRAINT repair_orders_completed_at_type CHECK (completed_at IS datetime(substr(completed_at, 1, 19), '+0 days') || substr(completed_at, 20) AND (length(completed_at) = 19 OR substr(completed_at, 20) GLOB '.*[1-9]' AND substr(completed_at, 21) NOT GLOB '*[^0-9]*' AND length(completed_at) <= 26)),
    labor_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (labor_amount >= 0)
        CONSTRAINT repair_orders_labor_amount_type CHECK (typeof(labor_amount) = 'integer' AND abs(labor_amount) < 1000000000000000),
    parts_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (parts_amount >= 0)
        CONSTRAINT repair_orders_parts_amount_type CHECK (typeof(parts_amount) = 'integer' AND abs(parts_amount) < 1000000000000000),
    tax_amount DECIMAL_INT(15,2) NOT NULL DEFAULT 0
        CHECK (tax_amount >= 0)
        CONSTRAINT repair_orders_tax_amount_type CHECK (typeof(tax_amount) = 'integer' AND abs(tax_amount) < 1000000000000000),
    status VARCHAR(20) NOT NULL DEFAULT 'PENDING'
        CHECK (status IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'COMPLETED', 'INVOICED', 'CANCELLED'))
        CONSTRAINT repair_orders_status_type CHECK (length(status) <= 20),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_orders_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT repair_orders_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);
INSERT INTO schemac_new_repair_orders (id, order_number, branch_id, customer_id, customer_vehicle_id, appointment_id, advisor_id, mileage_km, complaint, diagnosis, opened_at, promised_at, completed_at, labor_amount, parts_amount, tax_amount, status, created_at, updated_at) SELECT id, order_number, branch_id, customer_id, customer_vehicle_id, appointment_id, advisor_id, mileage_km, complaint, diagnosis, opened_at, promised_at, completed_at, labor_amount, parts_amount, tax_amount, status, created_at, updated_at FROM repair_orders;
DELETE FROM sqlite_sequence WHERE name = 'schemac_new_repair_orders';
INSERT INTO sqlite_sequence (name, seq) SELECT 'schemac_new_repair_orders', seq FROM sqlite_sequence WHERE name = 'repair_orders';
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "rows of repair_orders were lost" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT (SELECT count(*) FROM repair_orders) = (SELECT count(*) FROM schemac_new_repair_orders);
DROP TABLE temp.schemac_guard;
DROP TABLE repair_orders;
ALTER TABLE schemac_new_repair_orders RENAME TO repair_orders;

-- 08 drop table bay_status_logs
-- WARNING data-loss: table bay_status_logs is lost (not allowed; say --allow data-loss)
DROP TABLE bay_status_logs;

-- 09 drop table bay_assignments
-- WARNING data-loss: table bay_assignments is lost (not allowed; say --allow data-loss)
DROP TABLE bay_assignments;

-- 10 drop table service_bays
-- WARNING data-loss: table service_bays is lost (not allowed; say --allow data-loss)
DROP TABLE service_bays;

-- 11 create index idx_repair_orders_branch_id
CREATE INDEX idx_repair_orders_branch_id ON repair_orders (branch_id, opened_at);

-- 12 create index idx_repair_orders_customer_id
CREATE INDEX idx_repair_orders_customer_id ON repair_orders (customer_id);

-- 13 create index idx_repair_orders_customer_vehicle_id
CREATE INDEX idx_repair_orders_customer_vehicle_id ON repair_orders (customer_vehicle_id);

-- 14 create index idx_repair_orders_advisor_id
CREATE INDEX idx_repair_orders_advisor_id ON repair_orders (advisor_id);

-- 15 create index idx_repair_orders_status
CREATE INDEX idx_repair_orders_status ON repair_orders (status);

-- 16 create trigger repair_orders_updated_at_touch
CREATE TRIGGER repair_orders_updated_at_touch AFTER UPDATE ON repair_orders FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE repair_orders SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 17 drop the comments on repair_orders
DELETE FROM schemac_comments WHERE name = 'repair_orders';

-- 18 drop the comments on service_bays
DELETE FROM schemac_comments WHERE name = 'service_bays';

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
