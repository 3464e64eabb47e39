-- variants: from 1.4.0 to 1.3.0 (postgres)

BEGIN;

-- 01 drop index idx_project_equipment_groups_variant_lookup
DROP INDEX idx_project_equipment_groups_variant_lookup;

-- 02 drop index idx_project_roles_variant_lookup
DROP INDEX idx_project_roles_variant_lookup;

-- 03 create index idx_project_equipment_groups_variant
CREATE INDEX idx_project_equipment_groups_variant ON project_equipment_groups (project_id, variant_name);

-- 04 create index idx_project_roles_variant
CREATE INDEX idx_project_roles_variant ON project_roles (project_id, variant_name);

COMMIT;
