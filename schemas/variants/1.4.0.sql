-- @schema variants
-- @extends 1.3.0
--
-- What the variants rely on is checked, and is found without reading the tables.

DROP INDEX idx_project_equipment_groups_variant;
CREATE INDEX idx_project_equipment_groups_variant_lookup
    ON project_equipment_groups (project_id, variant_name) INCLUDE (name, sort_order);
DROP INDEX idx_project_roles_variant;
CREATE INDEX idx_project_roles_variant_lookup
    ON project_roles (project_id, variant_name) INCLUDE (role_id, daily_rate, preferred_id);

-- @verify "each equipment group has a variant"
SELECT id, name FROM project_equipment_groups
WHERE variant_name IS NULL OR variant_name = '';
-- @end
-- @verify "each project role has a variant"
SELECT id, role_id FROM project_roles WHERE variant_name IS NULL OR variant_name = '';
-- @end
-- @verify "each equipment group belongs to a project"
SELECT g.id, g.name
FROM project_equipment_groups g LEFT JOIN projects p ON p.id = g.project_id
WHERE p.id IS NULL;
-- @end
