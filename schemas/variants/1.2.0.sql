-- @schema variants
-- @extends 1.1.0
--
-- The variants of a project by themselves, with their names for people.
--
-- The UNIQUE constraint finds the variants of a project, too: there is no index on
-- project_id alone.  Whoever owns a project sees and edits its variants; the program says
-- who is asking: SET app.user_id = '…'.

CREATE TABLE project_variants (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id   UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    variant_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description  TEXT,
    is_default   BOOLEAN DEFAULT FALSE,
    sort_order   INTEGER DEFAULT 0,
    created_at   TIMESTAMPTZ DEFAULT now(),
    updated_at   TIMESTAMPTZ DEFAULT now(), -- @touch
    CONSTRAINT unique_project_variant UNIQUE (project_id, variant_name),
    CONSTRAINT unique_default_per_project
        EXCLUDE USING btree (project_id WITH =) WHERE (is_default = TRUE),
    CONSTRAINT valid_variant_name CHECK (variant_name ~ '^[a-z0-9_]+$')
);
CREATE INDEX idx_project_variants_default ON project_variants (project_id, is_default);
COMMENT ON COLUMN project_variants.display_name IS 'name for people: "Trio", "Band", "DJ"';

-- @only postgres
ALTER TABLE project_variants ENABLE ROW LEVEL SECURITY;
-- @only postgres
CREATE POLICY project_variants_of_owner ON project_variants
    USING (EXISTS (
        SELECT 1 FROM projects p
        WHERE p.id = project_variants.project_id
            AND p.owner_id = nullif(current_setting('app.user_id', true), '')::uuid));
