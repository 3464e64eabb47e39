-- bookings: from 1.10.0 to 1.9.0 (postgres)
-- loses table admin_security_events
-- loses table admin_db_maintenance_log
-- loses table admin_data_exports
-- loses table admin_dashboard_widgets
-- loses table admin_compliance_reports
-- loses table admin_backup_log

BEGIN;

-- 01 drop table admin_security_events
-- WARNING data-loss: table admin_security_events is lost (not allowed; say --allow data-loss)
DROP TABLE admin_security_events;

-- 02 drop table admin_db_maintenance_log
-- WARNING data-loss: table admin_db_maintenance_log is lost (not allowed; say --allow data-loss)
DROP TABLE admin_db_maintenance_log;

-- 03 drop table admin_data_exports
-- WARNING data-loss: table admin_data_exports is lost (not allowed; say --allow data-loss)
DROP TABLE admin_data_exports;

-- 04 drop table admin_dashboard_widgets
-- WARNING data-loss: table admin_dashboard_widgets is lost (not allowed; say --allow data-loss)
DROP TABLE admin_dashboard_widgets;

-- 05 drop table admin_compliance_reports
-- WARNING data-loss: table admin_compliance_reports is lost (not allowed; say --allow data-loss)
DROP TABLE admin_compliance_reports;

-- 06 drop table admin_backup_log
-- WARNING data-loss: table admin_backup_log is lost (not allowed; say --allow data-loss)
DROP TABLE admin_backup_log;

-- 07 drop function admin_security_events_append_only
DROP FUNCTION admin_security_events_append_only();

-- 08 drop function admin_dashboard_widgets_touch
DROP FUNCTION admin_dashboard_widgets_touch();

COMMIT;
