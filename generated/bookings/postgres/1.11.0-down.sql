-- bookings: from 1.11.0 to 1.10.0 (postgres)
-- loses table ai_voice_calls

BEGIN;

-- 01 drop table ai_voice_calls
-- WARNING data-loss: table ai_voice_calls is lost (not allowed; say --allow data-loss)
DROP TABLE ai_voice_calls;

COMMIT;
