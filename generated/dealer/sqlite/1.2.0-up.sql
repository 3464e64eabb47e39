-- dealer: from 1.1.0 to 1.2.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- 01 create table service_bays
CREATE TABLE service_bays (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(100) NOT NULL
        CONSTRAINT service_bays_name_type CHECK (length(name) <= 100),
    location VARCHAR(100)
        CONSTRAINT service_bays_location_type CHECK (length(location) <= 100),
    capacity INTEGER DEFAULT 1
        CONSTRAINT service_bays_capacity_type CHECK (capacity IS NULL OR typeof(capacity) = 'integer' AND capacity BETWEEN -2147483648 AND 2147483647),
    equipment JSON_TEXT DEFAULT '[]'
        CONSTRAINT service_bays_equipment_type CHECK (equipment IS NULL OR json_valid(equipment)),
    status VARCHAR(20) DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE'))
        CONSTRAINT service_bays_status_type CHECK (length(status) <= 20),
    is_available BOOLEAN DEFAULT TRUE
        CONSTRAINT service_bays_is_available_type CHECK (is_available IN (0, 1)),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_bays_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT service_bays_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 02 create table bay_assignments
CREATE TABLE bay_assignments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bay_id BIGINT NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT
        CONSTRAINT bay_assignments_bay_id_type CHECK (typeof(bay_id) = 'integer'),
    repair_order_id BIGINT NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE
        CONSTRAINT bay_assignments_repair_order_id_type CHECK (typeof(repair_order_id) = 'integer'),
    start_time TIMESTAMP NOT NULL
        CONSTRAINT bay_assignments_start_time_type CHECK (start_time IS datetime(substr(start_time, 1, 19), '+0 days') || substr(start_time, 20) AND (length(start_time) = 19 OR substr(start_time, 20) GLOB '.*[1-9]' AND substr(start_time, 21) NOT GLOB '*[^0-9]*' AND length(start_time) <= 26)),
    end_time TIMESTAMP
        CONSTRAINT bay_assignments_end_time_type CHECK (end_time IS datetime(substr(end_time, 1, 19), '+0 days') || substr(end_time, 20) AND (length(end_time) = 19 OR substr(end_time, 20) GLOB '.*[1-9]' AND substr(end_time, 21) NOT GLOB '*[^0-9]*' AND length(end_time) <= 26)),
    status VARCHAR(20) DEFAULT 'ASSIGNED'
        CHECK (status IN ('ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
        CONSTRAINT bay_assignments_status_type CHECK (length(status) <= 20),
    technician_id BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT bay_assignments_technician_id_type CHECK (technician_id IS NULL OR typeof(technician_id) = 'integer'),
    notes TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT bay_assignments_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT bay_assignments_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 03 create table bay_status_logs
CREATE TABLE bay_status_logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bay_id BIGINT NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT
        CONSTRAINT bay_status_logs_bay_id_type CHECK (typeof(bay_id) = 'integer'),
    assignment_id BIGINT REFERENCES bay_assignments (id) ON DELETE SET NULL
        CONSTRAINT bay_status_logs_assignment_id_type CHECK (assignment_id IS NULL OR typeof(assignment_id) = 'integer'),
    status VARCHAR(20) NOT NULL
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
        CONSTRAINT bay_status_logs_status_type CHECK (length(status) <= 20),
    changed_by BIGINT NOT NULL REFERENCES users (id)
        CONSTRAINT bay_status_logs_changed_by_type CHECK (typeof(changed_by) = 'integer'),
    changed_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT bay_status_logs_changed_at_type CHECK (changed_at IS datetime(substr(changed_at, 1, 19), '+0 days') || substr(changed_at, 20) AND (length(changed_at) = 19 OR substr(changed_at, 20) GLOB '.*[1-9]' AND substr(changed_at, 21) NOT GLOB '*[^0-9]*' AND length(changed_at) <= 26)),
    details JSON_TEXT
        CONSTRAINT bay_status_logs_details_type CHECK (details IS NULL OR json_valid(details))
);

-- 04 add column repair_orders.bay_number
ALTER TABLE repair_orders ADD COLUMN bay_number VARCHAR(20) CONSTRAINT repair_orders_bay_number_type CHECK (length(bay_number) <= 20);

-- 05 add column repair_orders.bay_id
ALTER TABLE repair_orders ADD COLUMN bay_id BIGINT CONSTRAINT fk_repair_orders_bay_id REFERENCES service_bays (id) ON DELETE SET NULL CONSTRAINT repair_orders_bay_id_type CHECK (bay_id IS NULL OR typeof(bay_id) = 'integer');

-- 06 insert initial rows of service_bays
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 1', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 1' AND location IS 'Area A' AND capacity IS 1 AND equipment IS '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]' AND status IS 'ACTIVE' AND is_available IS TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 2', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 2' AND location IS 'Area A' AND capacity IS 1 AND equipment IS '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]' AND status IS 'ACTIVE' AND is_available IS TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 3', 'Area B', 2, '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 3' AND location IS 'Area B' AND capacity IS 2 AND equipment IS '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]' AND status IS 'ACTIVE' AND is_available IS TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 4', 'Area B', 1, '["Paint Booth", "Spray Guns", "Dust Extractor"]', 'ACTIVE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 4' AND location IS 'Area B' AND capacity IS 1 AND equipment IS '["Paint Booth", "Spray Guns", "Dust Extractor"]' AND status IS 'ACTIVE' AND is_available IS FALSE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 5', 'Workshop', 1, '["Engine Stand", "Transmission Jack", "Engine Hoist"]', 'MAINTENANCE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS 'Bay 5' AND location IS 'Workshop' AND capacity IS 1 AND equipment IS '["Engine Stand", "Transmission Jack", "Engine Hoist"]' AND status IS 'MAINTENANCE' AND is_available IS FALSE);

-- 07 run @migrate
UPDATE repair_orders
SET bay_id = (SELECT b.id FROM service_bays b
              WHERE b.status = 'ACTIVE' AND b.is_available = TRUE
              ORDER BY b.id LIMIT 1),
    bay_number = (SELECT b.name FROM service_bays b
                  WHERE b.status = 'ACTIVE' AND b.is_available = TRUE
                  ORDER BY b.id LIMIT 1)
WHERE status IN ('PENDING', 'IN_PROGRESS') AND bay_id IS NULL;

-- 08 create index idx_service_bays_status
CREATE INDEX idx_service_bays_status ON service_bays (status);

-- 09 create index idx_service_bays_available
CREATE INDEX idx_service_bays_available ON service_bays (is_available);

-- 10 create index idx_service_bays_location
CREATE INDEX idx_service_bays_location ON service_bays (location);

-- 11 create index idx_bay_assignments_bay_id
CREATE INDEX idx_bay_assignments_bay_id ON bay_assignments (bay_id);

-- 12 create index idx_bay_assignments_ro_id
CREATE INDEX idx_bay_assignments_ro_id ON bay_assignments (repair_order_id);

-- 13 create index idx_bay_assignments_status
CREATE INDEX idx_bay_assignments_status ON bay_assignments (status);

-- 14 create index idx_bay_assignments_times
CREATE INDEX idx_bay_assignments_times ON bay_assignments (start_time, end_time);

-- 15 create index idx_bay_assignments_technician_id
CREATE INDEX idx_bay_assignments_technician_id ON bay_assignments (technician_id);

-- 16 create index idx_bay_status_logs_bay_id
CREATE INDEX idx_bay_status_logs_bay_id ON bay_status_logs (bay_id);

-- 17 create index idx_bay_status_logs_assignment_id
CREATE INDEX idx_bay_status_logs_assignment_id ON bay_status_logs (assignment_id);

-- 18 create index idx_bay_status_logs_changed_at
CREATE INDEX idx_bay_status_logs_changed_at ON bay_status_logs (changed_at);

-- 19 create index idx_bay_status_logs_changed_by
CREATE INDEX idx_bay_status_logs_changed_by ON bay_status_logs (changed_by);

-- 20 create index idx_repair_orders_bay_id
CREATE INDEX idx_repair_orders_bay_id ON repair_orders (bay_id);

-- 21 create trigger service_bays_updated_at_touch
CREATE TRIGGER service_bays_updated_at_touch AFTER UPDATE ON service_bays FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE service_bays SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 22 create trigger bay_assignments_updated_at_touch
CREATE TRIGGER bay_assignments_updated_at_touch AFTER UPDATE ON bay_assignments FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE bay_assignments SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 23 create trigger bay_status_logs_append_only_update
CREATE TRIGGER bay_status_logs_append_only_update BEFORE UPDATE ON bay_status_logs FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table bay_status_logs is append-only');
END;

-- 24 create trigger bay_status_logs_append_only_delete
CREATE TRIGGER bay_status_logs_append_only_delete BEFORE DELETE ON bay_status_logs FOR EACH ROW BEGIN
    SELECT RAISE(ABORT, 'table bay_status_logs is append-only');
END;

-- 25 comment on repair_orders
INSERT INTO schemac_comments (object, name, part, comment) VALUES
    ('column', 'repair_orders', 'bay_number', 'Assigned bay number'),
    ('column', 'repair_orders', 'bay_id', 'Foreign key to service_bays')
ON CONFLICT (object, name, part) DO UPDATE SET comment = excluded.comment;

-- 26 comment on service_bays
INSERT INTO schemac_comments (object, name, part, comment) VALUES
    ('column', 'service_bays', 'name', 'Bay 1, Bay 2, Bay 3'),
    ('column', 'service_bays', 'location', 'Area A, Area B, Workshop'),
    ('column', 'service_bays', 'capacity', 'Maximum vehicles per bay'),
    ('column', 'service_bays', 'equipment', 'Array of equipment')
ON CONFLICT (object, name, part) DO UPDATE SET comment = excluded.comment;

-- 27 an order in a bay carries the name of that bay
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "an order in a bay carries the name of that bay" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) = 0
FROM repair_orders o JOIN service_bays b ON b.id = o.bay_id
WHERE o.bay_number IS NULL OR o.bay_number <> b.name
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
