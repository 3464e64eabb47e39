-- bookings: from 1.12.0 to 1.11.0 (postgres)
-- loses table ai_embeddings

BEGIN;

-- 01 drop index idx_voice_calls_transcript
DROP INDEX idx_voice_calls_transcript;

-- 02 drop table ai_embeddings
-- WARNING data-loss: table ai_embeddings is lost (not allowed; say --allow data-loss)
DROP TABLE ai_embeddings;

COMMIT;
