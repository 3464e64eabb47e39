-- variants: from 1.1.0 to 1.0.0 (postgres)
-- loses column project_equipment_groups.variant_name
-- loses column project_roles.variant_name

BEGIN;

-- 01 drop index idx_project_equipment_groups_project_variant
DROP INDEX idx_project_equipment_groups_project_variant;

-- 02 drop index idx_project_equipment_groups_variant
DROP INDEX idx_project_equipment_groups_variant;

-- 03 drop index idx_project_roles_variant
DROP INDEX idx_project_roles_variant;

-- 04 run @rollback
UPDATE project_equipment_groups
SET name = name || ' (' || variant_name || ')'
WHERE variant_name <> 'default';

-- 05 drop column project_equipment_groups.variant_name
-- WARNING data-loss: column project_equipment_groups.variant_name is lost (not allowed; say --allow data-loss)
ALTER TABLE project_equipment_groups DROP COLUMN variant_name;

-- 06 drop column project_roles.variant_name
-- WARNING data-loss: column project_roles.variant_name is lost (not allowed; say --allow data-loss)
ALTER TABLE project_roles DROP COLUMN variant_name;

-- 07 create index idx_project_equipment_groups_project
CREATE UNIQUE INDEX idx_project_equipment_groups_project ON project_equipment_groups (project_id, name);

-- 08 create index idx_project_roles_project
CREATE INDEX idx_project_roles_project ON project_roles (project_id);

COMMIT;
