-- variants: from 1.2.0 to 1.3.0 (postgres)

BEGIN;

-- 01 run @migrate
INSERT INTO project_variants (project_id, variant_name, display_name, is_default)
SELECT p.id, 'default', 'Standard Setup',
    NOT EXISTS (SELECT 1 FROM project_variants v
                WHERE v.project_id = p.id AND v.is_default = true)
FROM projects p JOIN project_types t ON t.id = p.project_type_id
WHERE t.code = 'artist'
ON CONFLICT (project_id, variant_name) DO NOTHING;

-- 02 each artist project has a default variant
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each artist project has a default variant" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT p.id, p.name
FROM projects p JOIN project_types t ON t.id = p.project_type_id
WHERE t.code = 'artist'
    AND NOT EXISTS (SELECT 1 FROM project_variants v
                    WHERE v.project_id = p.id AND v.is_default = true)
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
