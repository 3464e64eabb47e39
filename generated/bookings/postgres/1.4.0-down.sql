-- bookings: from 1.4.0 to 1.3.0 (postgres)
-- loses table audit_logs

BEGIN;

-- 01 drop table audit_logs
-- WARNING data-loss: table audit_logs is lost (not allowed; say --allow data-loss)
DROP TABLE audit_logs;

-- 02 drop function audit_logs_append_only
DROP FUNCTION audit_logs_append_only();

COMMIT;
