CREATE TABLE vehicles (id bigint PRIMARY KEY);
CREATE TABLE audit_logs (id bigint PRIMARY KEY, entity_id text NOT NULL);
CREATE VIEW logged AS SELECT v.id FROM vehicles v JOIN audit_logs a ON v.id = a.entity_id;
