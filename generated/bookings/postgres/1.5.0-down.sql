-- bookings: from 1.5.0 to 1.4.0 (postgres)
-- loses column customers.export_history_json
-- loses column deposits.payment_history_id
-- loses column payment_history.fee_amount
-- loses column payment_history.report_category
-- loses column payment_history.exported_at
-- loses table communication_templates
-- loses table admin_notifications
-- loses table admin_booking_overrides

BEGIN;

-- 01 drop view payment_report_monthly
DROP VIEW payment_report_monthly;

-- 02 drop constraint deposits.deposits_payment_history_id_fkey
ALTER TABLE deposits DROP CONSTRAINT deposits_payment_history_id_fkey;

-- 03 drop index idx_deposits_payment_history
DROP INDEX idx_deposits_payment_history;

-- 04 drop constraint payment_history.payment_history_fee_amount_check
ALTER TABLE payment_history DROP CONSTRAINT payment_history_fee_amount_check;

-- 05 drop constraint payment_history.payment_history_report_category_check
ALTER TABLE payment_history DROP CONSTRAINT payment_history_report_category_check;

-- 06 drop index idx_payment_history_report
DROP INDEX idx_payment_history_report;

-- 07 drop index idx_payment_history_unexported
DROP INDEX idx_payment_history_unexported;

-- 08 drop column payment_history.net_amount
ALTER TABLE payment_history DROP COLUMN net_amount;

-- 09 drop column customers.export_history_json
-- WARNING data-loss: column customers.export_history_json is lost (not allowed; say --allow data-loss)
ALTER TABLE customers DROP COLUMN export_history_json;

-- 10 drop column deposits.payment_history_id
-- WARNING data-loss: column deposits.payment_history_id is lost (not allowed; say --allow data-loss)
ALTER TABLE deposits DROP COLUMN payment_history_id;

-- 11 drop column payment_history.fee_amount
-- WARNING data-loss: column payment_history.fee_amount is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_history DROP COLUMN fee_amount;

-- 12 drop column payment_history.report_category
-- WARNING data-loss: column payment_history.report_category is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_history DROP COLUMN report_category;

-- 13 drop column payment_history.exported_at
-- WARNING data-loss: column payment_history.exported_at is lost (not allowed; say --allow data-loss)
ALTER TABLE payment_history DROP COLUMN exported_at;

-- 14 drop table communication_templates
-- WARNING data-loss: table communication_templates is lost (not allowed; say --allow data-loss)
DROP TABLE communication_templates;

-- 15 drop table admin_notifications
-- WARNING data-loss: table admin_notifications is lost (not allowed; say --allow data-loss)
DROP TABLE admin_notifications;

-- 16 drop table admin_booking_overrides
-- WARNING data-loss: table admin_booking_overrides is lost (not allowed; say --allow data-loss)
DROP TABLE admin_booking_overrides;

-- 17 drop function communication_templates_touch
DROP FUNCTION communication_templates_touch();

COMMIT;
