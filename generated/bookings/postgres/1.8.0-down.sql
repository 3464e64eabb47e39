-- bookings: from 1.8.0 to 1.7.0 (postgres)
-- loses table payment_disputes
-- loses table admin_sms_templates
-- loses table admin_rate_limits
-- loses table admin_email_templates
-- loses table admin_api_keys

BEGIN;

-- 01 drop table payment_disputes
-- WARNING data-loss: table payment_disputes is lost (not allowed; say --allow data-loss)
DROP TABLE payment_disputes;

-- 02 drop table admin_sms_templates
-- WARNING data-loss: table admin_sms_templates is lost (not allowed; say --allow data-loss)
DROP TABLE admin_sms_templates;

-- 03 drop table admin_rate_limits
-- WARNING data-loss: table admin_rate_limits is lost (not allowed; say --allow data-loss)
DROP TABLE admin_rate_limits;

-- 04 drop table admin_email_templates
-- WARNING data-loss: table admin_email_templates is lost (not allowed; say --allow data-loss)
DROP TABLE admin_email_templates;

-- 05 drop table admin_api_keys
-- WARNING data-loss: table admin_api_keys is lost (not allowed; say --allow data-loss)
DROP TABLE admin_api_keys;

-- 06 drop function admin_email_templates_touch
DROP FUNCTION admin_email_templates_touch();

-- 07 drop function admin_sms_templates_touch
DROP FUNCTION admin_sms_templates_touch();

-- 08 drop function payment_disputes_touch
DROP FUNCTION payment_disputes_touch();

-- 09 drop function admin_rate_limits_touch
DROP FUNCTION admin_rate_limits_touch();

COMMIT;
