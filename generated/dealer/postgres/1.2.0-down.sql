-- dealer: from 1.2.0 to 1.1.0 (postgres)
-- loses column repair_orders.bay_number
-- loses column repair_orders.bay_id
-- loses table bay_status_logs
-- loses table bay_assignments
-- loses table service_bays

BEGIN;

-- 01 drop constraint repair_orders.fk_repair_orders_bay_id
ALTER TABLE repair_orders DROP CONSTRAINT fk_repair_orders_bay_id;

-- 02 drop index idx_repair_orders_bay_id
DROP INDEX idx_repair_orders_bay_id;

-- 03 drop column repair_orders.bay_number
-- WARNING data-loss: column repair_orders.bay_number is lost (not allowed; say --allow data-loss)
ALTER TABLE repair_orders DROP COLUMN bay_number;

-- 04 drop column repair_orders.bay_id
-- WARNING data-loss: column repair_orders.bay_id is lost (not allowed; say --allow data-loss)
ALTER TABLE repair_orders DROP COLUMN bay_id;

-- 05 drop table bay_status_logs
-- WARNING data-loss: table bay_status_logs is lost (not allowed; say --allow data-loss)
DROP TABLE bay_status_logs;

-- 06 drop table bay_assignments
-- WARNING data-loss: table bay_assignments is lost (not allowed; say --allow data-loss)
DROP TABLE bay_assignments;

-- 07 drop table service_bays
-- WARNING data-loss: table service_bays is lost (not allowed; say --allow data-loss)
DROP TABLE service_bays;

-- 08 drop function service_bays_touch
DROP FUNCTION service_bays_touch();

-- 09 drop function bay_assignments_touch
DROP FUNCTION bay_assignments_touch();

-- 10 drop function bay_status_logs_append_only
DROP FUNCTION bay_status_logs_append_only();

COMMIT;
