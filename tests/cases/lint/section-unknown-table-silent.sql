CREATE TABLE audit_logs (id bigint PRIMARY KEY);
CREATE TABLE audit_logs_archive (id bigint PRIMARY KEY);
-- @migrate
INSERT INTO audit_logs_archive SELECT id FROM audit_logs;
-- @end
