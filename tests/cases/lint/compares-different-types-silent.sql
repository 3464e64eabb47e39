CREATE TABLE vehicles (id bigint PRIMARY KEY);
CREATE TABLE audit_logs (id bigint PRIMARY KEY, vehicle_id bigint NOT NULL);
CREATE VIEW logged AS SELECT v.id FROM vehicles v JOIN audit_logs a ON v.id = a.vehicle_id;
