-- @schema bookings
-- @extends 1.13.0
--
-- Sprint 14: answers are kept, and what they cost is counted in one place, that of calls too.

CREATE TABLE ai_cache (
    cache_key     VARCHAR(64) PRIMARY KEY, -- SHA-256 of model and question
    model_name    VARCHAR(100) NOT NULL,
    response_json JSONB NOT NULL,
    hit_count     BIGINT NOT NULL DEFAULT 0,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    last_hit_at   TIMESTAMPTZ,
    expires_at    TIMESTAMPTZ NOT NULL
);

CREATE INDEX idx_ai_cache_expires ON ai_cache (expires_at);

CREATE TABLE ai_cost_tracking (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    service       VARCHAR(50) NOT NULL
        CHECK (service IN ('voice', 'chat', 'embedding', 'training')),
    voice_call_id UUID UNIQUE REFERENCES ai_voice_calls (id) ON DELETE SET NULL,
    ml_model_id   UUID REFERENCES ml_models (id) ON DELETE SET NULL,
    model_name    VARCHAR(100),
    input_tokens  BIGINT NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
    output_tokens BIGINT NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
    cost_usd      DECIMAL(12,6) NOT NULL CHECK (cost_usd >= 0),
    incurred_at   TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_ai_cost_model ON ai_cost_tracking (ml_model_id);
CREATE INDEX idx_ai_cost_service ON ai_cost_tracking (service, incurred_at);

ALTER TABLE ai_voice_calls DROP COLUMN cost_usd;

-- @migrate sqlite
INSERT INTO ai_cost_tracking (service, voice_call_id, cost_usd, incurred_at)
SELECT 'voice', id, cost_usd, started_at FROM ai_voice_calls WHERE cost_usd > 0;
-- @end

-- @migrate postgres
INSERT INTO ai_cost_tracking (service, voice_call_id, cost_usd, incurred_at)
SELECT 'voice', id, cost_usd, started_at FROM ai_voice_calls WHERE cost_usd > 0;
-- @end

-- @rollback sqlite
UPDATE ai_voice_calls SET cost_usd = (
    SELECT c.cost_usd FROM ai_cost_tracking c WHERE c.voice_call_id = ai_voice_calls.id)
WHERE id IN (SELECT voice_call_id FROM ai_cost_tracking);
-- @end

-- @rollback postgres
UPDATE ai_voice_calls SET cost_usd = c.cost_usd
FROM ai_cost_tracking c WHERE c.voice_call_id = ai_voice_calls.id;
-- @end

-- @verify "what a call cost stands under its service"
SELECT id FROM ai_cost_tracking WHERE voice_call_id IS NOT NULL AND service <> 'voice';
-- @end
