-- bookings: from 1.2.0 to 1.1.0 (postgres)
-- loses column bookings.recurrence_id
-- loses table loyalty_transactions
-- loses table loyalty_points
-- loses table recurring_bookings
-- loses table admin_config

BEGIN;

-- 01 drop constraint bookings.bookings_recurrence_id_fkey
ALTER TABLE bookings DROP CONSTRAINT bookings_recurrence_id_fkey;

-- 02 drop index idx_bookings_recurrence
DROP INDEX idx_bookings_recurrence;

-- 03 drop column bookings.recurrence_id
-- WARNING data-loss: column bookings.recurrence_id is lost (not allowed; say --allow data-loss)
ALTER TABLE bookings DROP COLUMN recurrence_id;

-- 04 drop table loyalty_transactions
-- WARNING data-loss: table loyalty_transactions is lost (not allowed; say --allow data-loss)
DROP TABLE loyalty_transactions;

-- 05 drop table loyalty_points
-- WARNING data-loss: table loyalty_points is lost (not allowed; say --allow data-loss)
DROP TABLE loyalty_points;

-- 06 drop table recurring_bookings
-- WARNING data-loss: table recurring_bookings is lost (not allowed; say --allow data-loss)
DROP TABLE recurring_bookings;

-- 07 drop table admin_config
-- WARNING data-loss: table admin_config is lost (not allowed; say --allow data-loss)
DROP TABLE admin_config;

COMMIT;
