-- @schema variants
--
-- Event production: projects, the crew and equipment that they plan with, and the events
-- of each project that use them.  For PostgreSQL; SQLite holds it as well.

CREATE TABLE project_types (
    id   UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);
INSERT INTO project_types (code, name) VALUES
    ('artist', 'Artist'),
    ('corporate', 'Corporate'),
    ('broadcast', 'Broadcast'),
    ('dry_hire', 'Dry hire');

CREATE TABLE customers (
    id    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name  TEXT NOT NULL,
    email TEXT,
    phone TEXT
);

CREATE TABLE users (
    id    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL
);

CREATE TABLE roles (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name       TEXT NOT NULL UNIQUE,
    daily_rate NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (daily_rate >= 0)
);

CREATE TABLE crew_members (
    id        UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name      TEXT NOT NULL,
    email     TEXT,
    phone     TEXT,
    is_active BOOLEAN NOT NULL DEFAULT TRUE
);

CREATE TABLE equipment (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name         TEXT NOT NULL,
    rental_price NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (rental_price >= 0),
    stock        INTEGER NOT NULL DEFAULT 1 CHECK (stock >= 0)
);

CREATE TABLE event_types (
    id   UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE projects (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name            TEXT NOT NULL,
    project_type_id UUID NOT NULL REFERENCES project_types (id),
    customer_id     UUID REFERENCES customers (id) ON DELETE SET NULL,
    owner_id        UUID REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX idx_projects_type ON projects (project_type_id);
CREATE INDEX idx_projects_customer ON projects (customer_id);
CREATE INDEX idx_projects_owner ON projects (owner_id);

-- ---- what a project plans with ----

CREATE TABLE project_roles (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id   UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    role_id      UUID NOT NULL REFERENCES roles (id),
    daily_rate   NUMERIC(10, 2) CHECK (daily_rate >= 0),
    preferred_id UUID REFERENCES crew_members (id) ON DELETE SET NULL
);
CREATE INDEX idx_project_roles_project ON project_roles (project_id);
CREATE INDEX idx_project_roles_role ON project_roles (role_id);
CREATE INDEX idx_project_roles_preferred ON project_roles (preferred_id);

CREATE TABLE project_equipment_groups (
    id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    sort_order INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX idx_project_equipment_groups_project
    ON project_equipment_groups (project_id, name);

CREATE TABLE project_equipment (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id   UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    equipment_id UUID NOT NULL REFERENCES equipment (id),
    quantity     INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    group_id     UUID REFERENCES project_equipment_groups (id) ON DELETE SET NULL
);
CREATE INDEX idx_project_equipment_project ON project_equipment (project_id);
CREATE INDEX idx_project_equipment_equipment ON project_equipment (equipment_id);
CREATE INDEX idx_project_equipment_group ON project_equipment (group_id);

-- ---- its events ----

CREATE TABLE project_events (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id    UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    date          DATE NOT NULL,
    name          TEXT NOT NULL,
    event_type_id UUID REFERENCES event_types (id)
);
CREATE INDEX idx_project_events_project ON project_events (project_id, date);
CREATE INDEX idx_project_events_type ON project_events (event_type_id);

CREATE TABLE project_event_roles (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id     UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_id       UUID NOT NULL REFERENCES project_events (id) ON DELETE CASCADE,
    role_id        UUID NOT NULL REFERENCES roles (id),
    crew_member_id UUID REFERENCES crew_members (id) ON DELETE SET NULL,
    -- @lint off nullable-unique "an event may look for two of a kind"
    UNIQUE (event_id, role_id, crew_member_id)
);
CREATE INDEX idx_project_event_roles_project ON project_event_roles (project_id);
CREATE INDEX idx_project_event_roles_role ON project_event_roles (role_id);
CREATE INDEX idx_project_event_roles_crew ON project_event_roles (crew_member_id);

CREATE TABLE project_event_equipment (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id   UUID NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    event_id     UUID NOT NULL REFERENCES project_events (id) ON DELETE CASCADE,
    equipment_id UUID NOT NULL REFERENCES equipment (id),
    quantity     INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    UNIQUE (event_id, equipment_id)
);
CREATE INDEX idx_project_event_equipment_project ON project_event_equipment (project_id);
CREATE INDEX idx_project_event_equipment_equipment
    ON project_event_equipment (equipment_id);
