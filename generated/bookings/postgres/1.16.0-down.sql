-- bookings: from 1.16.0 to 1.15.0 (postgres)
-- loses table payment_installments

BEGIN;

-- 01 drop table payment_installments
-- WARNING data-loss: table payment_installments is lost (not allowed; say --allow data-loss)
DROP TABLE payment_installments;

-- 02 drop function payment_installments_touch
DROP FUNCTION payment_installments_touch();

COMMIT;
