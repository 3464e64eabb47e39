-- bookings: from 1.10.0 to 1.11.0 (postgres)

BEGIN;

-- 01 create table ai_voice_calls
CREATE TABLE ai_voice_calls (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    provider_call_id varchar(255) NOT NULL UNIQUE,
    customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
    booking_id uuid REFERENCES bookings (id) ON DELETE SET NULL,
    direction varchar(20) NOT NULL,
    phone varchar(20) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'in_progress',
    transcript_json jsonb NOT NULL DEFAULT '[]',
    summary text,
    sentiment numeric(4, 3),
    duration_seconds integer,
    cost_usd numeric(12, 6) NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CHECK (direction IN ('inbound', 'outbound')),
    CHECK (status IN ('in_progress', 'finished', 'handed_over', 'failed')),
    CHECK (sentiment BETWEEN -1 AND 1),
    CHECK (duration_seconds >= 0)
);

-- 02 create index idx_voice_calls_customer
CREATE INDEX idx_voice_calls_customer ON ai_voice_calls (customer_id);

-- 03 create index idx_voice_calls_booking
CREATE INDEX idx_voice_calls_booking ON ai_voice_calls (booking_id);

-- 04 create index idx_voice_calls_started
CREATE INDEX idx_voice_calls_started ON ai_voice_calls (started_at);

COMMIT;
