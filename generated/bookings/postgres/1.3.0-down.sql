-- bookings: from 1.3.0 to 1.2.0 (postgres)
-- loses column customers.preferences_json
-- loses column loyalty_points.last_payment_history_id
-- loses table sms_templates
-- loses table payment_history
-- loses table email_templates

BEGIN;

-- 01 drop constraint loyalty_points.loyalty_points_last_payment_history_id_fkey
ALTER TABLE loyalty_points DROP CONSTRAINT loyalty_points_last_payment_history_id_fkey;

-- 02 drop constraint payment_history.payment_history_loyalty_points_id_fkey
ALTER TABLE payment_history DROP CONSTRAINT payment_history_loyalty_points_id_fkey;

-- 03 drop index idx_customers_preferences
DROP INDEX idx_customers_preferences;

-- 04 drop index idx_loyalty_last_payment
DROP INDEX idx_loyalty_last_payment;

-- 05 drop index idx_loyalty_trans_points
DROP INDEX idx_loyalty_trans_points;

-- 06 drop column customers.preferences_json
-- WARNING data-loss: column customers.preferences_json is lost (not allowed; say --allow data-loss)
ALTER TABLE customers DROP COLUMN preferences_json;

-- 07 drop column loyalty_points.last_payment_history_id
-- WARNING data-loss: column loyalty_points.last_payment_history_id is lost (not allowed; say --allow data-loss)
ALTER TABLE loyalty_points DROP COLUMN last_payment_history_id;

-- 08 drop table sms_templates
-- WARNING data-loss: table sms_templates is lost (not allowed; say --allow data-loss)
DROP TABLE sms_templates;

-- 09 drop table payment_history
-- WARNING data-loss: table payment_history is lost (not allowed; say --allow data-loss)
DROP TABLE payment_history;

-- 10 drop table email_templates
-- WARNING data-loss: table email_templates is lost (not allowed; say --allow data-loss)
DROP TABLE email_templates;

-- 11 drop function sms_templates_touch
DROP FUNCTION sms_templates_touch();

-- 12 drop function email_templates_touch
DROP FUNCTION email_templates_touch();

COMMIT;
