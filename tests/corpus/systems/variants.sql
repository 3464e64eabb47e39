-- What the plan of the event producer takes for granted.
CREATE TABLE project_types (id uuid PRIMARY KEY, code text NOT NULL, name text NOT NULL);
CREATE TABLE projects (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    project_type_id uuid REFERENCES project_types (id),
    customer_id uuid,
    owner_id uuid
);
CREATE TABLE project_roles (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    role_id uuid NOT NULL,
    daily_rate numeric(10, 2),
    preferred_id uuid
);
CREATE TABLE project_equipment_groups (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    name text NOT NULL,
    sort_order integer
);
CREATE TABLE project_equipment (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    equipment_id uuid NOT NULL,
    quantity integer NOT NULL,
    group_id uuid REFERENCES project_equipment_groups (id)
);
