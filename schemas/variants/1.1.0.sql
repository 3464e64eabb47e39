-- @schema variants
-- @extends 1.0.0
--
-- A project has variants: crew and equipment of the trio, of the band, of the DJ.  What is
-- there already belongs to the variant "default".

ALTER TABLE project_equipment_groups
    ADD COLUMN variant_name TEXT NOT NULL DEFAULT 'default';
ALTER TABLE project_roles ADD COLUMN variant_name TEXT NOT NULL DEFAULT 'default';

DROP INDEX idx_project_equipment_groups_project;
CREATE UNIQUE INDEX idx_project_equipment_groups_project_variant
    ON project_equipment_groups (project_id, name, variant_name);

CREATE INDEX idx_project_equipment_groups_variant
    ON project_equipment_groups (project_id, variant_name);
-- The index on the project alone is the beginning of this one.
DROP INDEX idx_project_roles_project;
CREATE INDEX idx_project_roles_variant ON project_roles (project_id, variant_name);

-- 1.0.0 has one group of a name in a project: those of other variants say whose they were.
-- @rollback
UPDATE project_equipment_groups
SET name = name || ' (' || variant_name || ')'
WHERE variant_name <> 'default';
-- @end
