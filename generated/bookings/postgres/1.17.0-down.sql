-- bookings: from 1.17.0 to 1.16.0 (postgres)
-- loses table customer_feedback_detailed

BEGIN;

-- 01 drop view chef_ratings
DROP VIEW chef_ratings;

-- 02 drop table customer_feedback_detailed
-- WARNING data-loss: table customer_feedback_detailed is lost (not allowed; say --allow data-loss)
DROP TABLE customer_feedback_detailed;

-- 03 drop function customer_feedback_detailed_touch
DROP FUNCTION customer_feedback_detailed_touch();

COMMIT;
