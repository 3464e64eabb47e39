-- bookings: from 1.1.0 to 1.0.0 (postgres)
-- loses column bookings.location_id
-- loses column deposits.stripe_payment_method_id
-- loses column deposits.metadata_json
-- loses table booking_reminders
-- loses table locations
-- loses table admin_user_roles
-- loses table roles
-- loses table admin_users

BEGIN;

-- 01 drop constraint bookings.bookings_location_id_fkey
ALTER TABLE bookings DROP CONSTRAINT bookings_location_id_fkey;

-- 02 drop index idx_bookings_location
DROP INDEX idx_bookings_location;

-- 03 drop index idx_deposits_booking
DROP INDEX idx_deposits_booking;

-- 04 drop index idx_deposits_status
DROP INDEX idx_deposits_status;

-- 05 drop index idx_deposits_stripe_intent
DROP INDEX idx_deposits_stripe_intent;

-- 06 drop column bookings.location_id
-- WARNING data-loss: column bookings.location_id is lost (not allowed; say --allow data-loss)
ALTER TABLE bookings DROP COLUMN location_id;

-- 07 drop column deposits.stripe_payment_method_id
-- WARNING data-loss: column deposits.stripe_payment_method_id is lost (not allowed; say --allow data-loss)
ALTER TABLE deposits DROP COLUMN stripe_payment_method_id;

-- 08 drop column deposits.metadata_json
-- WARNING data-loss: column deposits.metadata_json is lost (not allowed; say --allow data-loss)
ALTER TABLE deposits DROP COLUMN metadata_json;

-- 09 drop table booking_reminders
-- WARNING data-loss: table booking_reminders is lost (not allowed; say --allow data-loss)
DROP TABLE booking_reminders;

-- 10 drop table locations
-- WARNING data-loss: table locations is lost (not allowed; say --allow data-loss)
DROP TABLE locations;

-- 11 drop table admin_user_roles
-- WARNING data-loss: table admin_user_roles is lost (not allowed; say --allow data-loss)
DROP TABLE admin_user_roles;

-- 12 drop table roles
-- WARNING data-loss: table roles is lost (not allowed; say --allow data-loss)
DROP TABLE roles;

-- 13 drop table admin_users
-- WARNING data-loss: table admin_users is lost (not allowed; say --allow data-loss)
DROP TABLE admin_users;

COMMIT;
