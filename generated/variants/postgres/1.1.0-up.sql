-- variants: from 1.0.0 to 1.1.0 (postgres)

BEGIN;

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
