-- bookings: from 1.13.0 to 1.12.0 (postgres)
-- loses table ml_models
-- loses table ml_training_jobs

BEGIN;

-- 01 drop constraint ml_training_jobs.fk_ml_training_jobs_base
ALTER TABLE ml_training_jobs DROP CONSTRAINT fk_ml_training_jobs_base;

-- 02 drop table ml_models
-- WARNING data-loss: table ml_models is lost (not allowed; say --allow data-loss)
DROP TABLE ml_models;

-- 03 drop table ml_training_jobs
-- WARNING data-loss: table ml_training_jobs is lost (not allowed; say --allow data-loss)
DROP TABLE ml_training_jobs;

COMMIT;
