-- bookings: from 1.9.0 to 1.8.0 (postgres)
-- loses column bookings.group_id
-- loses column customers.referral_code
-- loses table customer_referrals
-- loses table communication_scheduling
-- loses table communication_personalization
-- loses table group_reservations

BEGIN;

-- 01 drop constraint bookings.bookings_group_id_fkey
ALTER TABLE bookings DROP CONSTRAINT bookings_group_id_fkey;

-- 02 drop index idx_bookings_group
DROP INDEX idx_bookings_group;

-- 03 drop constraint customers.uq_customers_referral_code
ALTER TABLE customers DROP CONSTRAINT uq_customers_referral_code;

-- 04 drop column bookings.group_id
-- WARNING data-loss: column bookings.group_id is lost (not allowed; say --allow data-loss)
ALTER TABLE bookings DROP COLUMN group_id;

-- 05 drop column customers.referral_code
-- WARNING data-loss: column customers.referral_code is lost (not allowed; say --allow data-loss)
ALTER TABLE customers DROP COLUMN referral_code;

-- 06 drop table customer_referrals
-- WARNING data-loss: table customer_referrals is lost (not allowed; say --allow data-loss)
DROP TABLE customer_referrals;

-- 07 drop table communication_scheduling
-- WARNING data-loss: table communication_scheduling is lost (not allowed; say --allow data-loss)
DROP TABLE communication_scheduling;

-- 08 drop table communication_personalization
-- WARNING data-loss: table communication_personalization is lost (not allowed; say --allow data-loss)
DROP TABLE communication_personalization;

-- 09 drop table group_reservations
-- WARNING data-loss: table group_reservations is lost (not allowed; say --allow data-loss)
DROP TABLE group_reservations;

-- 10 drop function communication_scheduling_touch
DROP FUNCTION communication_scheduling_touch();

-- 11 drop function communication_personalization_touch
DROP FUNCTION communication_personalization_touch();

-- 12 drop function group_reservations_touch
DROP FUNCTION group_reservations_touch();

COMMIT;
