-- bookings: from 1.14.0 to 1.13.0 (postgres)
-- loses table ai_cost_tracking
-- loses table ai_cache

BEGIN;

-- 01 add column ai_voice_calls.cost_usd
ALTER TABLE ai_voice_calls ADD COLUMN cost_usd numeric(12, 6) NOT NULL DEFAULT 0;

-- 02 run @rollback
UPDATE ai_voice_calls SET cost_usd = c.cost_usd
FROM ai_cost_tracking c WHERE c.voice_call_id = ai_voice_calls.id;

-- 03 drop table ai_cost_tracking
-- WARNING data-loss: table ai_cost_tracking is lost (not allowed; say --allow data-loss)
DROP TABLE ai_cost_tracking;

-- 04 drop table ai_cache
-- WARNING data-loss: table ai_cache is lost (not allowed; say --allow data-loss)
DROP TABLE ai_cache;

COMMIT;
