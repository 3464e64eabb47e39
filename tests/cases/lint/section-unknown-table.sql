CREATE TABLE audit_logs (id bigint PRIMARY KEY);
-- @migrate
INSERT INTO audit_logs_archive SELECT id FROM audit_logs;
-- @end
