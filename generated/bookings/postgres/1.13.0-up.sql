-- bookings: from 1.12.0 to 1.13.0 (postgres)

BEGIN;

-- 01 create table ml_training_jobs
CREATE TABLE ml_training_jobs (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    job_type varchar(50) NOT NULL,
    base_model_id uuid,
    parameters_json jsonb NOT NULL DEFAULT '{}',
    metrics_json jsonb NOT NULL DEFAULT '{}',
    status varchar(50) NOT NULL DEFAULT 'queued',
    error_message text,
    started_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    queued_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    CHECK (job_type IN ('demand_forecast', 'churn', 'pricing', 'intent')),
    CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled'))
);

-- 02 create table ml_models
CREATE TABLE ml_models (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL,
    version varchar(50) NOT NULL,
    training_job_id uuid REFERENCES ml_training_jobs (id) ON DELETE SET NULL,
    artifact_uri varchar(1000) NOT NULL,
    metrics_json jsonb NOT NULL DEFAULT '{}',
    stage varchar(50) NOT NULL DEFAULT 'staging',
    deployed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (stage IN ('staging', 'production', 'archived')),
    CONSTRAINT uq_ml_models UNIQUE (name, version)
);

-- 03 add constraint ml_training_jobs.fk_ml_training_jobs_base
ALTER TABLE ml_training_jobs ADD CONSTRAINT fk_ml_training_jobs_base FOREIGN KEY (base_model_id) REFERENCES ml_models (id) ON DELETE SET NULL;

-- 04 create index idx_ml_models_job
CREATE INDEX idx_ml_models_job ON ml_models (training_job_id);

-- 05 create index uq_ml_models_production
CREATE UNIQUE INDEX uq_ml_models_production ON ml_models (name) WHERE stage = 'production';

-- 06 create index idx_training_jobs_base
CREATE INDEX idx_training_jobs_base ON ml_training_jobs (base_model_id);

-- 07 create index idx_training_jobs_admin
CREATE INDEX idx_training_jobs_admin ON ml_training_jobs (started_by_admin_id);

-- 08 create index idx_training_jobs_waiting
CREATE INDEX idx_training_jobs_waiting ON ml_training_jobs (queued_at) WHERE status = 'queued';

COMMIT;
