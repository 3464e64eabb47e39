-- variants: from 1.2.0 to 1.1.0 (postgres)
-- loses table project_variants

BEGIN;

-- 01 drop table project_variants
-- WARNING data-loss: table project_variants is lost (not allowed; say --allow data-loss)
DROP TABLE project_variants;

-- 02 drop function project_variants_touch
DROP FUNCTION project_variants_touch();

COMMIT;
