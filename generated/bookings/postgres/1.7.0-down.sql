-- bookings: from 1.7.0 to 1.6.0 (postgres)
-- loses column bookings.waitlist_id
-- loses column customers.merge_log_id
-- loses column payment_methods.plaid_account_id
-- loses column payment_methods.plaid_item_id
-- loses column payment_methods.plaid_access_token_encrypted
-- loses column payment_methods.plaid_institution_name
-- loses column payment_methods.plaid_verified_at
-- loses table booking_waitlist
-- loses table customer_merge_log

BEGIN;

-- 01 drop constraint booking_waitlist.booking_waitlist_converted_booking_id_fkey
ALTER TABLE booking_waitlist DROP CONSTRAINT booking_waitlist_converted_booking_id_fkey;

-- 02 drop constraint bookings.bookings_waitlist_id_fkey
ALTER TABLE bookings DROP CONSTRAINT bookings_waitlist_id_fkey;

-- 03 drop constraint customer_merge_log.customer_merge_log_surviving_customer_id_fkey
ALTER TABLE customer_merge_log DROP CONSTRAINT customer_merge_log_surviving_customer_id_fkey;

-- 04 drop constraint customers.customers_merge_log_id_fkey
ALTER TABLE customers DROP CONSTRAINT customers_merge_log_id_fkey;

-- 05 drop index idx_bookings_waitlist
DROP INDEX idx_bookings_waitlist;

-- 06 drop index idx_customers_merge_log
DROP INDEX idx_customers_merge_log;

-- 07 drop constraint payment_methods.payment_methods_type
ALTER TABLE payment_methods DROP CONSTRAINT payment_methods_type;

-- 08 drop constraint payment_methods.payment_methods_plaid_account_id_key
ALTER TABLE payment_methods DROP CONSTRAINT payment_methods_plaid_account_id_key;

-- 09 drop constraint payment_methods.payment_methods_plaid
ALTER TABLE payment_methods DROP CONSTRAINT payment_methods_plaid;

-- 10 drop index idx_payment_methods_plaid_item
DROP INDEX idx_payment_methods_plaid_item;

-- 11 run @rollback
UPDATE payment_methods SET method_type = 'cash' WHERE method_type = 'bank_account';

-- 12 add constraint payment_methods.payment_methods_type
ALTER TABLE payment_methods ADD CONSTRAINT payment_methods_type CHECK (method_type IN ('card', 'cash', 'venmo', 'zelle'));

-- 13 drop column bookings.waitlist_id
-- WARNING data-loss: column bookings.waitlist_id is lost (not allowed; say --allow data-loss)
ALTER TABLE bookings DROP COLUMN waitlist_id;

-- 14 drop column customers.merge_log_id
-- WARNING data-loss: column customers.merge_log_id is lost (not allowed; say --allow data-loss)
ALTER TABLE customers DROP COLUMN merge_log_id;

-- 15 drop column payment_methods.plaid_account_id
-- WARNING data-loss: column payment_methods.plaid_account_id is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_methods DROP COLUMN plaid_account_id;

-- 16 drop column payment_methods.plaid_item_id
-- WARNING data-loss: column payment_methods.plaid_item_id is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_methods DROP COLUMN plaid_item_id;

-- 17 drop column payment_methods.plaid_access_token_encrypted
-- WARNING data-loss: column payment_methods.plaid_access_token_encrypted is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_methods DROP COLUMN plaid_access_token_encrypted;

-- 18 drop column payment_methods.plaid_institution_name
-- WARNING data-loss: column payment_methods.plaid_institution_name is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_methods DROP COLUMN plaid_institution_name;

-- 19 drop column payment_methods.plaid_verified_at
-- WARNING data-loss: column payment_methods.plaid_verified_at is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_methods DROP COLUMN plaid_verified_at;

-- 20 drop table booking_waitlist
-- WARNING data-loss: table booking_waitlist is lost (not allowed; say --allow data-loss)
DROP TABLE booking_waitlist;

-- 21 drop table customer_merge_log
-- WARNING data-loss: table customer_merge_log is lost (not allowed; say --allow data-loss)
DROP TABLE customer_merge_log;

-- 22 drop function booking_waitlist_touch
DROP FUNCTION booking_waitlist_touch();

COMMIT;
