-- bookings: from 1.13.0 to 1.14.0 (postgres)
-- loses column ai_voice_calls.cost_usd

BEGIN;

-- 01 create table ai_cache
CREATE TABLE ai_cache (
    cache_key varchar(64) PRIMARY KEY,
    model_name varchar(100) NOT NULL,
    response_json jsonb NOT NULL,
    hit_count bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_hit_at timestamptz,
    expires_at timestamptz NOT NULL
);

-- 02 create table ai_cost_tracking
CREATE TABLE ai_cost_tracking (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    service varchar(50) NOT NULL,
    voice_call_id uuid UNIQUE REFERENCES ai_voice_calls (id) ON DELETE SET NULL,
    ml_model_id uuid REFERENCES ml_models (id) ON DELETE SET NULL,
    model_name varchar(100),
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_usd numeric(12, 6) NOT NULL,
    incurred_at timestamptz NOT NULL DEFAULT now(),
    CHECK (service IN ('voice', 'chat', 'embedding', 'training')),
    CHECK (input_tokens >= 0),
    CHECK (output_tokens >= 0),
    CHECK (cost_usd >= 0)
);

-- 03 run @migrate
INSERT INTO ai_cost_tracking (service, voice_call_id, cost_usd, incurred_at)
SELECT 'voice', id, cost_usd, started_at FROM ai_voice_calls WHERE cost_usd > 0;

-- 04 drop column ai_voice_calls.cost_usd
-- WARNING data-loss: column ai_voice_calls.cost_usd is lost (not allowed; say --allow data-loss)
ALTER TABLE ai_voice_calls DROP COLUMN cost_usd;

-- 05 create index idx_ai_cache_expires
CREATE INDEX idx_ai_cache_expires ON ai_cache (expires_at);

-- 06 create index idx_ai_cost_model
CREATE INDEX idx_ai_cost_model ON ai_cost_tracking (ml_model_id);

-- 07 create index idx_ai_cost_service
CREATE INDEX idx_ai_cost_service ON ai_cost_tracking (service, incurred_at);

-- 08 what a call cost stands under its service
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "what a call cost stands under its service" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id FROM ai_cost_tracking WHERE voice_call_id IS NOT NULL AND service <> 'voice'
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
