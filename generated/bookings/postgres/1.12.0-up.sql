-- bookings: from 1.11.0 to 1.12.0 (postgres)

BEGIN;

-- 01 create table ai_embeddings
CREATE TABLE ai_embeddings (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    source_type varchar(50) NOT NULL,
    source_id uuid NOT NULL,
    chunk_number integer NOT NULL DEFAULT 0,
    content text NOT NULL,
    content_sha256 varchar(64) NOT NULL,
    model_name varchar(100) NOT NULL,
    dimensions integer NOT NULL,
    embedding real[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (source_type IN ('booking', 'customer', 'call', 'template', 'faq')),
    CHECK (dimensions > 0),
    CONSTRAINT uq_ai_embeddings UNIQUE (source_type, source_id, chunk_number, model_name)
);

-- 02 create index idx_ai_embeddings_content
CREATE INDEX idx_ai_embeddings_content ON ai_embeddings (content_sha256);

-- 03 create index idx_voice_calls_transcript
CREATE INDEX idx_voice_calls_transcript ON ai_voice_calls USING gin (transcript_json jsonb_path_ops);

COMMIT;
