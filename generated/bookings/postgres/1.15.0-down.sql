-- bookings: from 1.15.0 to 1.14.0 (postgres)
-- loses column payments.subscription_id
-- loses table payment_subscriptions

BEGIN;

-- 01 drop constraint payments.payments_subscription_id_fkey
ALTER TABLE payments DROP CONSTRAINT payments_subscription_id_fkey;

-- 02 drop index idx_payments_subscription
DROP INDEX idx_payments_subscription;

-- 03 drop column payments.subscription_id
-- WARNING data-loss: column payments.subscription_id is lost (not allowed; say --allow data-loss)
ALTER TABLE payments DROP COLUMN subscription_id;

-- 04 drop table payment_subscriptions
-- WARNING data-loss: table payment_subscriptions is lost (not allowed; say --allow data-loss)
DROP TABLE payment_subscriptions;

-- 05 drop function payment_subscriptions_touch
DROP FUNCTION payment_subscriptions_touch();

COMMIT;
