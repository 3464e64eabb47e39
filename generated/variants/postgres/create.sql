-- variants: from nothing to 1.4.0 (postgres)

BEGIN;

-- 01 create table crew_members
CREATE TABLE crew_members (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL,
    email text,
    phone text,
    is_active boolean NOT NULL DEFAULT TRUE
);

-- 02 create table customers
CREATE TABLE customers (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL,
    email text,
    phone text
);

-- 03 create table equipment
CREATE TABLE equipment (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL,
    rental_price numeric(10, 2) NOT NULL DEFAULT 0,
    stock integer NOT NULL DEFAULT 1,
    CHECK (rental_price >= 0),
    CHECK (stock >= 0)
);

-- 04 create table event_types
CREATE TABLE event_types (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL UNIQUE
);

-- 05 create table project_types
CREATE TABLE project_types (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL
);

-- 06 create table users
CREATE TABLE users (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text NOT NULL
);

-- 07 create table projects
CREATE TABLE projects (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL,
    project_type_id uuid NOT NULL REFERENCES project_types (id),
    customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
    owner_id uuid REFERENCES users (id) ON DELETE SET NULL
);

-- 08 create table project_equipment_groups
CREATE TABLE project_equipment_groups (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name text NOT NULL,
    sort_order integer NOT NULL DEFAULT 0,
    variant_name text NOT NULL DEFAULT 'default'
);

-- 09 create table project_equipment
CREATE TABLE project_equipment (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    equipment_id uuid NOT NULL REFERENCES equipment (id),
    quantity integer NOT NULL DEFAULT 1,
    group_id uuid REFERENCES project_equipment_groups (id) ON DELETE SET NULL,
    CHECK (quantity > 0)
);

-- 10 create table project_events
CREATE TABLE project_events (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    date date NOT NULL,
    name text NOT NULL,
    event_type_id uuid REFERENCES event_types (id)
);

-- 11 create table project_event_equipment
CREATE TABLE project_event_equipment (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_id uuid NOT NULL REFERENCES project_events (id) ON DELETE CASCADE,
    equipment_id uuid NOT NULL REFERENCES equipment (id),
    quantity integer NOT NULL DEFAULT 1,
    CHECK (quantity > 0),
    UNIQUE (event_id, equipment_id)
);

-- 12 create table roles
CREATE TABLE roles (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL UNIQUE,
    daily_rate numeric(10, 2) NOT NULL DEFAULT 0,
    CHECK (daily_rate >= 0)
);

-- 13 create table project_event_roles
CREATE TABLE project_event_roles (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_id uuid NOT NULL REFERENCES project_events (id) ON DELETE CASCADE,
    role_id uuid NOT NULL REFERENCES roles (id),
    crew_member_id uuid REFERENCES crew_members (id) ON DELETE SET NULL,
    UNIQUE (event_id, role_id, crew_member_id)
);

-- 14 create table project_roles
CREATE TABLE project_roles (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    role_id uuid NOT NULL REFERENCES roles (id),
    daily_rate numeric(10, 2),
    preferred_id uuid REFERENCES crew_members (id) ON DELETE SET NULL,
    variant_name text NOT NULL DEFAULT 'default',
    CHECK (daily_rate >= 0)
);

-- 15 create table project_variants
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

-- 16 insert initial rows of project_types
INSERT INTO project_types (code, name) VALUES ('artist', 'Artist') ON CONFLICT (code) DO NOTHING;
INSERT INTO project_types (code, name) VALUES ('corporate', 'Corporate') ON CONFLICT (code) DO NOTHING;
INSERT INTO project_types (code, name) VALUES ('broadcast', 'Broadcast') ON CONFLICT (code) DO NOTHING;
INSERT INTO project_types (code, name) VALUES ('dry_hire', 'Dry hire') ON CONFLICT (code) DO NOTHING;

-- 17 create index idx_project_equipment_equipment
CREATE INDEX idx_project_equipment_equipment ON project_equipment (equipment_id);

-- 18 create index idx_project_equipment_group
CREATE INDEX idx_project_equipment_group ON project_equipment (group_id);

-- 19 create index idx_project_equipment_project
CREATE INDEX idx_project_equipment_project ON project_equipment (project_id);

-- 20 create index idx_project_equipment_groups_project_variant
CREATE UNIQUE INDEX idx_project_equipment_groups_project_variant ON project_equipment_groups (project_id, name, variant_name);

-- 21 create index idx_project_equipment_groups_variant_lookup
CREATE INDEX idx_project_equipment_groups_variant_lookup ON project_equipment_groups (project_id, variant_name) INCLUDE (name, sort_order);

-- 22 create index idx_project_event_equipment_equipment
CREATE INDEX idx_project_event_equipment_equipment ON project_event_equipment (equipment_id);

-- 23 create index idx_project_event_equipment_project
CREATE INDEX idx_project_event_equipment_project ON project_event_equipment (project_id);

-- 24 create index idx_project_event_roles_crew
CREATE INDEX idx_project_event_roles_crew ON project_event_roles (crew_member_id);

-- 25 create index idx_project_event_roles_project
CREATE INDEX idx_project_event_roles_project ON project_event_roles (project_id);

-- 26 create index idx_project_event_roles_role
CREATE INDEX idx_project_event_roles_role ON project_event_roles (role_id);

-- 27 create index idx_project_events_project
CREATE INDEX idx_project_events_project ON project_events (project_id, date);

-- 28 create index idx_project_events_type
CREATE INDEX idx_project_events_type ON project_events (event_type_id);

-- 29 create index idx_project_roles_preferred
CREATE INDEX idx_project_roles_preferred ON project_roles (preferred_id);

-- 30 create index idx_project_roles_role
CREATE INDEX idx_project_roles_role ON project_roles (role_id);

-- 31 create index idx_project_roles_variant_lookup
CREATE INDEX idx_project_roles_variant_lookup ON project_roles (project_id, variant_name) INCLUDE (role_id, daily_rate, preferred_id);

-- 32 create index idx_project_variants_default
CREATE INDEX idx_project_variants_default ON project_variants (project_id, is_default);

-- 33 create index idx_projects_customer
CREATE INDEX idx_projects_customer ON projects (customer_id);

-- 34 create index idx_projects_owner
CREATE INDEX idx_projects_owner ON projects (owner_id);

-- 35 create index idx_projects_type
CREATE INDEX idx_projects_type ON projects (project_type_id);

-- 36 create function project_variants_touch
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

-- 37 create trigger project_variants_touch
CREATE TRIGGER project_variants_touch BEFORE UPDATE ON project_variants FOR EACH ROW EXECUTE FUNCTION project_variants_touch();

-- 38 create policy project_variants_of_owner
CREATE POLICY project_variants_of_owner ON project_variants TO PUBLIC USING (EXISTS (SELECT 1 FROM projects AS p WHERE p.id = project_variants.project_id AND p.owner_id = CAST(nullif(current_setting('app.user_id', TRUE), '') AS uuid)));

-- 39 each equipment group has a variant
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each equipment group has a variant" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id, name FROM project_equipment_groups
WHERE variant_name IS NULL OR variant_name = ''
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 40 each project role has a variant
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each project role has a variant" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id, role_id FROM project_roles WHERE variant_name IS NULL OR variant_name = ''
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 41 each equipment group belongs to a project
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
