-- variants: from 1.1.0 to 1.2.0 (postgres)

BEGIN;

-- 01 create table project_variants
CREATE TABLE project_variants (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    variant_name text NOT NULL,
    display_name text NOT NULL,
    description text,
    is_default boolean DEFAULT FALSE,
    sort_order integer DEFAULT 0,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CONSTRAINT unique_project_variant UNIQUE (project_id, variant_name),
    CONSTRAINT unique_default_per_project EXCLUDE (project_id WITH =) WHERE (is_default = TRUE),
    CONSTRAINT valid_variant_name CHECK (variant_name ~ '^[a-z0-9_]+$')
);
ALTER TABLE project_variants ENABLE ROW LEVEL SECURITY;
COMMENT ON COLUMN project_variants.display_name IS 'name for people: "Trio", "Band", "DJ"';

-- 02 create index idx_project_variants_default
CREATE INDEX idx_project_variants_default ON project_variants (project_id, is_default);

-- 03 create function project_variants_touch
CREATE FUNCTION project_variants_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 04 create trigger project_variants_touch
CREATE TRIGGER project_variants_touch BEFORE UPDATE ON project_variants FOR EACH ROW EXECUTE FUNCTION project_variants_touch();

-- 05 create policy project_variants_of_owner
CREATE POLICY project_variants_of_owner ON project_variants TO PUBLIC USING (EXISTS (SELECT 1 FROM projects AS p WHERE p.id = project_variants.project_id AND p.owner_id = CAST(nullif(current_setting('app.user_id', TRUE), '') AS uuid)));

COMMIT;
