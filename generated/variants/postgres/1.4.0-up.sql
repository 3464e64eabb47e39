-- variants: from 1.3.0 to 1.4.0 (postgres)

BEGIN;

-- 01 drop index idx_project_equipment_groups_variant
DROP INDEX idx_project_equipment_groups_variant;

-- 02 drop index idx_project_roles_variant
DROP INDEX idx_project_roles_variant;

-- 03 create index idx_project_equipment_groups_variant_lookup
CREATE INDEX idx_project_equipment_groups_variant_lookup ON project_equipment_groups (project_id, variant_name) INCLUDE (name, sort_order);

-- 04 create index idx_project_roles_variant_lookup
CREATE INDEX idx_project_roles_variant_lookup ON project_roles (project_id, variant_name) INCLUDE (role_id, daily_rate, preferred_id);

-- 05 each equipment group has a variant
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each equipment group has a variant" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id, name FROM project_equipment_groups
WHERE variant_name IS NULL OR variant_name = ''
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 06 each project role has a variant
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each project role has a variant" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id, role_id FROM project_roles WHERE variant_name IS NULL OR variant_name = ''
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 07 each equipment group belongs to a project
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each equipment group belongs to a project" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT g.id, g.name
FROM project_equipment_groups g LEFT JOIN projects p ON p.id = g.project_id
WHERE p.id IS NULL
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
