-- dealer: from 1.0.0 to 1.1.0 (postgres)

BEGIN;

-- 01 drop constraint users.users_role_check
ALTER TABLE users DROP CONSTRAINT users_role_check;

-- 02 rename column users.role to role_id
ALTER TABLE users RENAME COLUMN role TO role_id;

-- 03 create table roles
CREATE TABLE roles (
    id bigserial PRIMARY KEY,
    code varchar(20) NOT NULL UNIQUE,
    name varchar(100) NOT NULL,
    description text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 04 create table permissions
CREATE TABLE permissions (
    id bigserial PRIMARY KEY,
    module varchar(20) NOT NULL,
    code varchar(60) NOT NULL UNIQUE,
    name varchar(150) NOT NULL,
    CHECK (module IN ('ADMIN', 'CRM', 'SALES', 'SERVICE', 'PARTS', 'INSURANCE', 'ACCOUNTING'))
);

-- 05 create table role_permissions
CREATE TABLE role_permissions (
    role_id bigint REFERENCES roles (id) ON DELETE CASCADE,
    permission_id bigint REFERENCES permissions (id) ON DELETE CASCADE,
    granted_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (role_id, permission_id)
);

-- 06 create table system_settings
CREATE TABLE system_settings (
    id bigserial PRIMARY KEY,
    setting_key varchar(100) NOT NULL UNIQUE,
    setting_value jsonb NOT NULL,
    description text,
    updated_by bigint,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- 07 insert initial rows of roles
INSERT INTO roles (id, code, name) VALUES (1, 'ADMIN', 'Administrator') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (2, 'MANAGER', 'Branch manager') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (3, 'SALES', 'Salesperson') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (4, 'SERVICE', 'Service advisor or technician') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (5, 'PARTS', 'Parts and stock') ON CONFLICT (id) DO NOTHING;
INSERT INTO roles (id, code, name) VALUES (6, 'FINANCE', 'Cashier and accountant') ON CONFLICT (id) DO NOTHING;
SELECT setval(pg_get_serial_sequence('roles', 'id'), greatest(nextval(pg_get_serial_sequence('roles', 'id')), (SELECT max(id) FROM roles)));

-- 08 insert initial rows of permissions
INSERT INTO permissions (id, module, code, name) VALUES (1, 'ADMIN', 'users.manage', 'Create and lock users, give roles') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (2, 'ADMIN', 'settings.manage', 'Change settings') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (3, 'CRM', 'customers.edit', 'Edit customers, leads and campaigns') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (4, 'SALES', 'orders.edit', 'Edit quotations and sales orders') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (5, 'SALES', 'orders.approve', 'Confirm sales orders and discounts') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (6, 'SERVICE', 'repairs.edit', 'Edit appointments and repair orders') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (7, 'PARTS', 'stock.edit', 'Move stock and order parts') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (8, 'INSURANCE', 'policies.edit', 'Edit insurance policies') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (9, 'ACCOUNTING', 'invoices.edit', 'Issue invoices and take payments') ON CONFLICT (id) DO NOTHING;
INSERT INTO permissions (id, module, code, name) VALUES (10, 'ACCOUNTING', 'journal.post', 'Post and reverse journal entries') ON CONFLICT (id) DO NOTHING;
SELECT setval(pg_get_serial_sequence('permissions', 'id'), greatest(nextval(pg_get_serial_sequence('permissions', 'id')), (SELECT max(id) FROM permissions)));

-- 09 insert initial rows of role_permissions
INSERT INTO role_permissions (role_id, permission_id) VALUES (1, 1) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (1, 2) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 3) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 4) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 5) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 6) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 7) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 8) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (2, 9) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (3, 3) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (3, 4) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (3, 8) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (4, 3) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (4, 6) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (5, 7) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (6, 9) ON CONFLICT (role_id, permission_id) DO NOTHING;
INSERT INTO role_permissions (role_id, permission_id) VALUES (6, 10) ON CONFLICT (role_id, permission_id) DO NOTHING;

-- 10 insert initial rows of system_settings
INSERT INTO system_settings (setting_key, setting_value, description) VALUES ('quotation.valid_days', '14', 'Days that a quotation stands') ON CONFLICT (setting_key) DO NOTHING;
INSERT INTO system_settings (setting_key, setting_value, description) VALUES ('service.slot_minutes', '30', 'Length of an appointment') ON CONFLICT (setting_key) DO NOTHING;
INSERT INTO system_settings (setting_key, setting_value, description) VALUES ('stock.warn_below_minimum', 'true', 'Tell Parts when a stock falls below its minimum') ON CONFLICT (setting_key) DO NOTHING;

-- 11 change type users.role_id
ALTER TABLE users ALTER COLUMN role_id DROP DEFAULT,
    ALTER COLUMN role_id TYPE bigint USING (CAST(CASE role_id WHEN 'ADMIN' THEN 1 WHEN 'MANAGER' THEN 2 WHEN 'SALES' THEN 3 WHEN 'SERVICE' THEN 4 WHEN 'PARTS' THEN 5 ELSE 6 END AS bigint));

-- 12 add constraint system_settings.system_settings_updated_by_fkey
ALTER TABLE system_settings ADD CONSTRAINT system_settings_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users (id) ON DELETE SET NULL;

-- 13 add constraint users.users_role_id_fkey
ALTER TABLE users ADD CONSTRAINT users_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles (id);

-- 14 create index idx_role_permissions_permission_id
CREATE INDEX idx_role_permissions_permission_id ON role_permissions (permission_id);

-- 15 create index idx_system_settings_updated_by
CREATE INDEX idx_system_settings_updated_by ON system_settings (updated_by);

-- 16 create index idx_users_role_id
CREATE INDEX idx_users_role_id ON users (role_id);

-- 17 create function roles_touch
CREATE FUNCTION roles_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 18 create function system_settings_touch
CREATE FUNCTION system_settings_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 19 create trigger roles_touch
CREATE TRIGGER roles_touch BEFORE UPDATE ON roles FOR EACH ROW EXECUTE FUNCTION roles_touch();

-- 20 create trigger system_settings_touch
CREATE TRIGGER system_settings_touch BEFORE UPDATE ON system_settings FOR EACH ROW EXECUTE FUNCTION system_settings_touch();

-- 21 somebody may give roles
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "somebody may give roles" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) > 0
FROM role_permissions rp JOIN permissions p ON p.id = rp.permission_id
WHERE p.code = 'users.manage'
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
