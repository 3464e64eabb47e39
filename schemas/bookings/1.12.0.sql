-- @schema bookings
-- @extends 1.11.0
--
-- Sprint 12: texts as vectors.  They are arrays, which every server has; whoever has pgvector
-- casts them.

CREATE TABLE ai_embeddings (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    source_type    VARCHAR(50) NOT NULL
        CHECK (source_type IN ('booking', 'customer', 'call', 'template', 'faq')),
    source_id      UUID NOT NULL,
    chunk_number   INT NOT NULL DEFAULT 0,
    content        TEXT NOT NULL,
    content_sha256 VARCHAR(64) NOT NULL,
    model_name     VARCHAR(100) NOT NULL,
    dimensions     INT NOT NULL CHECK (dimensions > 0),
    embedding      REAL[] NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT uq_ai_embeddings UNIQUE (source_type, source_id, chunk_number, model_name)
);

CREATE INDEX idx_ai_embeddings_content ON ai_embeddings (content_sha256);

-- @only postgres
CREATE INDEX idx_voice_calls_transcript ON ai_voice_calls
    USING gin (transcript_json jsonb_path_ops);
