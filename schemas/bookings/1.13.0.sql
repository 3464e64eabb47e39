-- @schema bookings
-- @extends 1.12.0
--
-- Sprint 13: models of our own.  A job makes a model, perhaps from an earlier one.

CREATE TABLE ml_training_jobs (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    job_type            VARCHAR(50) NOT NULL
        CHECK (job_type IN ('demand_forecast', 'churn', 'pricing', 'intent')),
    base_model_id       UUID, -- refers to ml_models, below
    parameters_json     JSONB NOT NULL DEFAULT '{}',
    metrics_json        JSONB NOT NULL DEFAULT '{}',
    status              VARCHAR(50) NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    error_message       TEXT,
    started_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    queued_at           TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    started_at          TIMESTAMPTZ,
    finished_at         TIMESTAMPTZ
);

CREATE TABLE ml_models (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name            VARCHAR(100) NOT NULL,
    version         VARCHAR(50) NOT NULL,
    training_job_id UUID REFERENCES ml_training_jobs (id) ON DELETE SET NULL,
    artifact_uri    VARCHAR(1000) NOT NULL,
    metrics_json    JSONB NOT NULL DEFAULT '{}',
    stage           VARCHAR(50) NOT NULL DEFAULT 'staging'
        CHECK (stage IN ('staging', 'production', 'archived')),
    deployed_at     TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT uq_ml_models UNIQUE (name, version)
);

ALTER TABLE ml_training_jobs
    ADD CONSTRAINT fk_ml_training_jobs_base
        FOREIGN KEY (base_model_id) REFERENCES ml_models (id) ON DELETE SET NULL;

CREATE INDEX idx_training_jobs_base ON ml_training_jobs (base_model_id);
CREATE INDEX idx_training_jobs_admin ON ml_training_jobs (started_by_admin_id);
CREATE INDEX idx_training_jobs_waiting
    ON ml_training_jobs (queued_at) WHERE status = 'queued';
CREATE INDEX idx_ml_models_job ON ml_models (training_job_id);
-- One model of a name answers at a time.
CREATE UNIQUE INDEX uq_ml_models_production
    ON ml_models (name) WHERE stage = 'production';
