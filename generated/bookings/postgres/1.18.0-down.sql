-- bookings: from 1.18.0 to 1.17.0 (postgres)
-- loses column communication_scheduling.ab_test_id
-- loses table communication_analytics
-- loses table communication_ab_tests

BEGIN;

-- 01 drop view template_performance
DROP VIEW template_performance;

-- 02 drop constraint communication_scheduling.communication_scheduling_ab_test_id_fkey
ALTER TABLE communication_scheduling DROP CONSTRAINT communication_scheduling_ab_test_id_fkey;

-- 03 drop index idx_comm_scheduling_ab_test
DROP INDEX idx_comm_scheduling_ab_test;

-- 04 rename column communication_scheduling.recipient_count to sent_count
ALTER TABLE communication_scheduling RENAME COLUMN recipient_count TO sent_count;

-- 05 drop column communication_scheduling.ab_test_id
-- WARNING data-loss: column communication_scheduling.ab_test_id is lost (not allowed; say --allow data-loss)
ALTER TABLE communication_scheduling DROP COLUMN ab_test_id;

-- 06 drop table communication_analytics
-- WARNING data-loss: table communication_analytics is lost (not allowed; say --allow data-loss)
DROP TABLE communication_analytics;

-- 07 drop table communication_ab_tests
-- WARNING data-loss: table communication_ab_tests is lost (not allowed; say --allow data-loss)
DROP TABLE communication_ab_tests;

-- 08 drop function communication_analytics_touch
DROP FUNCTION communication_analytics_touch();

COMMIT;
