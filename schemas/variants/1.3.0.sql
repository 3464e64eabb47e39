-- @schema variants
-- @extends 1.2.0
--
-- Each artist project has its default variant.  One that has a default of another name
-- already keeps that.  On the way down they stay: 1.2.0 can hold them.

-- @migrate
INSERT INTO project_variants (project_id, variant_name, display_name, is_default)
SELECT p.id, 'default', 'Standard Setup',
    NOT EXISTS (SELECT 1 FROM project_variants v
                WHERE v.project_id = p.id AND v.is_default = true)
FROM projects p JOIN project_types t ON t.id = p.project_type_id
WHERE t.code = 'artist'
ON CONFLICT (project_id, variant_name) DO NOTHING;
-- @end
-- @verify "each artist project has a default variant"
SELECT p.id, p.name
FROM projects p JOIN project_types t ON t.id = p.project_type_id
WHERE t.code = 'artist'
    AND NOT EXISTS (SELECT 1 FROM project_variants v
                    WHERE v.project_id = p.id AND v.is_default = true);
-- @end
