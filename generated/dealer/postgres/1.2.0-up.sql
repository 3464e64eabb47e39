-- dealer: from 1.1.0 to 1.2.0 (postgres)

BEGIN;

-- 01 create table service_bays
CREATE TABLE service_bays (
    id bigserial PRIMARY KEY,
    name varchar(100) NOT NULL,
    location varchar(100),
    capacity integer DEFAULT 1,
    equipment jsonb DEFAULT '[]',
    status varchar(20) DEFAULT 'ACTIVE',
    is_available boolean DEFAULT TRUE,
    created_at timestamp DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE'))
);
COMMENT ON COLUMN service_bays.name IS 'Bay 1, Bay 2, Bay 3';
COMMENT ON COLUMN service_bays.location IS 'Area A, Area B, Workshop';
COMMENT ON COLUMN service_bays.capacity IS 'Maximum vehicles per bay';
COMMENT ON COLUMN service_bays.equipment IS 'Array of equipment';

-- 02 create table bay_assignments
CREATE TABLE bay_assignments (
    id bigserial PRIMARY KEY,
    bay_id bigint NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT,
    repair_order_id bigint NOT NULL REFERENCES repair_orders (id) ON DELETE CASCADE,
    start_time timestamp NOT NULL,
    end_time timestamp,
    status varchar(20) DEFAULT 'ASSIGNED',
    technician_id bigint REFERENCES users (id) ON DELETE SET NULL,
    notes text,
    created_at timestamp DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
    CHECK (status IN ('ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
);

-- 03 create table bay_status_logs
CREATE TABLE bay_status_logs (
    id bigserial PRIMARY KEY,
    bay_id bigint NOT NULL REFERENCES service_bays (id) ON DELETE RESTRICT,
    assignment_id bigint REFERENCES bay_assignments (id) ON DELETE SET NULL,
    status varchar(20) NOT NULL,
    changed_by bigint NOT NULL REFERENCES users (id),
    changed_at timestamp DEFAULT CURRENT_TIMESTAMP,
    details jsonb,
    CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'))
);

-- 04 add column repair_orders.bay_number
ALTER TABLE repair_orders ADD COLUMN bay_number varchar(20);
COMMENT ON COLUMN repair_orders.bay_number IS 'Assigned bay number';

-- 05 add column repair_orders.bay_id
ALTER TABLE repair_orders ADD COLUMN bay_id bigint;
COMMENT ON COLUMN repair_orders.bay_id IS 'Foreign key to service_bays';

-- 06 insert initial rows of service_bays
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 1', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 1' AND location IS NOT DISTINCT FROM 'Area A' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 2', 'Area A', 1, '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 2' AND location IS NOT DISTINCT FROM 'Area A' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 3', 'Area B', 2, '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]', 'ACTIVE', TRUE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 3' AND location IS NOT DISTINCT FROM 'Area B' AND capacity IS NOT DISTINCT FROM 2 AND equipment IS NOT DISTINCT FROM '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM TRUE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 4', 'Area B', 1, '["Paint Booth", "Spray Guns", "Dust Extractor"]', 'ACTIVE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 4' AND location IS NOT DISTINCT FROM 'Area B' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Paint Booth", "Spray Guns", "Dust Extractor"]' AND status IS NOT DISTINCT FROM 'ACTIVE' AND is_available IS NOT DISTINCT FROM FALSE);
INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) SELECT 'Bay 5', 'Workshop', 1, '["Engine Stand", "Transmission Jack", "Engine Hoist"]', 'MAINTENANCE', FALSE WHERE NOT EXISTS (SELECT 1 FROM service_bays WHERE name IS NOT DISTINCT FROM 'Bay 5' AND location IS NOT DISTINCT FROM 'Workshop' AND capacity IS NOT DISTINCT FROM 1 AND equipment IS NOT DISTINCT FROM '["Engine Stand", "Transmission Jack", "Engine Hoist"]' AND status IS NOT DISTINCT FROM 'MAINTENANCE' AND is_available IS NOT DISTINCT FROM FALSE);

-- 07 run @migrate
UPDATE repair_orders
SET bay_id = (SELECT b.id FROM service_bays b
              WHERE b.status = 'ACTIVE' AND b.is_available = TRUE
              ORDER BY b.id LIMIT 1),
    bay_number = (SELECT b.name FROM service_bays b
                  WHERE b.status = 'ACTIVE' AND b.is_available = TRUE
                  ORDER BY b.id LIMIT 1)
WHERE status IN ('PENDING', 'IN_PROGRESS') AND bay_id IS NULL;

-- 08 add constraint repair_orders.fk_repair_orders_bay_id
ALTER TABLE repair_orders ADD CONSTRAINT fk_repair_orders_bay_id FOREIGN KEY (bay_id) REFERENCES service_bays (id) ON DELETE SET NULL;

-- 09 create index idx_bay_assignments_bay_id
CREATE INDEX idx_bay_assignments_bay_id ON bay_assignments (bay_id);

-- 10 create index idx_bay_assignments_ro_id
CREATE INDEX idx_bay_assignments_ro_id ON bay_assignments (repair_order_id);

-- 11 create index idx_bay_assignments_status
CREATE INDEX idx_bay_assignments_status ON bay_assignments (status);

-- 12 create index idx_bay_assignments_times
CREATE INDEX idx_bay_assignments_times ON bay_assignments (start_time, end_time);

-- 13 create index idx_bay_assignments_technician_id
CREATE INDEX idx_bay_assignments_technician_id ON bay_assignments (technician_id);

-- 14 create index idx_bay_status_logs_bay_id
CREATE INDEX idx_bay_status_logs_bay_id ON bay_status_logs (bay_id);

-- 15 create index idx_bay_status_logs_assignment_id
CREATE INDEX idx_bay_status_logs_assignment_id ON bay_status_logs (assignment_id);

-- 16 create index idx_bay_status_logs_changed_at
CREATE INDEX idx_bay_status_logs_changed_at ON bay_status_logs (changed_at);

-- 17 create index idx_bay_status_logs_changed_by
CREATE INDEX idx_bay_status_logs_changed_by ON bay_status_logs (changed_by);

-- 18 create index idx_repair_orders_bay_id
CREATE INDEX idx_repair_orders_bay_id ON repair_orders (bay_id);

-- 19 create index idx_service_bays_status
CREATE INDEX idx_service_bays_status ON service_bays (status);

-- 20 create index idx_service_bays_available
CREATE INDEX idx_service_bays_available ON service_bays (is_available);

-- 21 create index idx_service_bays_location
CREATE INDEX idx_service_bays_location ON service_bays (location);

-- 22 create function service_bays_touch
CREATE FUNCTION service_bays_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 23 create function bay_assignments_touch
CREATE FUNCTION bay_assignments_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 24 create function bay_status_logs_append_only
CREATE FUNCTION bay_status_logs_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 25 create trigger service_bays_touch
CREATE TRIGGER service_bays_touch BEFORE UPDATE ON service_bays FOR EACH ROW EXECUTE FUNCTION service_bays_touch();

-- 26 create trigger bay_assignments_touch
CREATE TRIGGER bay_assignments_touch BEFORE UPDATE ON bay_assignments FOR EACH ROW EXECUTE FUNCTION bay_assignments_touch();

-- 27 create trigger bay_status_logs_append_only
CREATE TRIGGER bay_status_logs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON bay_status_logs FOR EACH STATEMENT EXECUTE FUNCTION bay_status_logs_append_only();

-- 28 an order in a bay carries the name of that bay
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "an order in a bay carries the name of that bay" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) = 0
FROM repair_orders o JOIN service_bays b ON b.id = o.bay_id
WHERE o.bay_number IS NULL OR o.bay_number <> b.name
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
