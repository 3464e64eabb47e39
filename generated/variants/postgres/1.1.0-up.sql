-- variants: from 1.0.0 to 1.1.0 (postgres)

BEGIN;

-- before: stop where project_equipment_groups has rows that are alike (idx_project_equipment_groups_project_variant)
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "project_equipment_groups has rows that are alike (idx_project_e" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT project_id, name, count(*) FROM project_equipment_groups WHERE project_id IS NOT NULL AND name IS NOT NULL GROUP BY project_id, name HAVING count(*) > 1
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 01 drop index idx_project_equipment_groups_project
DROP INDEX idx_project_equipment_groups_project;

-- 02 drop index idx_project_roles_project
DROP INDEX idx_project_roles_project;

-- 03 add column project_equipment_groups.variant_name
ALTER TABLE project_equipment_groups ADD COLUMN variant_name text NOT NULL DEFAULT 'default';

-- 04 add column project_roles.variant_name
ALTER TABLE project_roles ADD COLUMN variant_name text NOT NULL DEFAULT 'default';

-- 05 create index idx_project_equipment_groups_project_variant
CREATE UNIQUE INDEX idx_project_equipment_groups_project_variant ON project_equipment_groups (project_id, name, variant_name);

-- 06 create index idx_project_equipment_groups_variant
CREATE INDEX idx_project_equipment_groups_variant ON project_equipment_groups (project_id, variant_name);

-- 07 create index idx_project_roles_variant
CREATE INDEX idx_project_roles_variant ON project_roles (project_id, variant_name);

COMMIT;
