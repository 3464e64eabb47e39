-- @schema bookings
-- @extends 1.10.0
--
-- Sprint 11: a voice answers the telephone.

CREATE TABLE ai_voice_calls (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_call_id VARCHAR(255) NOT NULL UNIQUE,
    customer_id      UUID REFERENCES customers (id) ON DELETE SET NULL,
    booking_id       UUID REFERENCES bookings (id) ON DELETE SET NULL, -- what came of it
    direction        VARCHAR(20) NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    phone            VARCHAR(20) NOT NULL,
    status           VARCHAR(50) NOT NULL DEFAULT 'in_progress'
        CHECK (status IN ('in_progress', 'finished', 'handed_over', 'failed')),
    transcript_json  JSONB NOT NULL DEFAULT '[]',
    summary          TEXT,
    sentiment        DECIMAL(4,3) CHECK (sentiment BETWEEN -1 AND 1),
    duration_seconds INT CHECK (duration_seconds >= 0),
    cost_usd         DECIMAL(12,6) NOT NULL DEFAULT 0,
    started_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    ended_at         TIMESTAMPTZ
);

CREATE INDEX idx_voice_calls_customer ON ai_voice_calls (customer_id);
CREATE INDEX idx_voice_calls_booking ON ai_voice_calls (booking_id);
CREATE INDEX idx_voice_calls_started ON ai_voice_calls (started_at);
