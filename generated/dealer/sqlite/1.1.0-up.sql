-- dealer: from 1.0.0 to 1.1.0 (sqlite)

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- before: stop where users.role holds NULL
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "users.role holds NULL" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT * FROM users WHERE CASE role WHEN 'ADMIN' THEN 1 WHEN 'MANAGER' THEN 2 WHEN 'SALES' THEN 3 WHEN 'SERVICE' THEN 4 WHEN 'PARTS' THEN 5 ELSE 6 END IS NULL
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- before: stop where users holds a row that breaks users_role_id_type
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "users holds a row that breaks users_role_id_type" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT * FROM users WHERE NOT typeof(CASE role WHEN 'ADMIN' THEN 1 WHEN 'MANAGER' THEN 2 WHEN 'SALES' THEN 3 WHEN 'SERVICE' THEN 4 WHEN 'PARTS' THEN 5 ELSE 6 END) = 'integer'
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 01 drop trigger users_updated_at_touch
DROP TRIGGER users_updated_at_touch;

-- 02 rename column users.role to role_id
ALTER TABLE users RENAME COLUMN role TO role_id;

-- 03 create table roles
CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code VARCHAR(20) NOT NULL UNIQUE
        CONSTRAINT roles_code_type CHECK (length(code) <= 20),
    name VARCHAR(100) NOT NULL
        CONSTRAINT roles_name_type CHECK (length(name) <= 100),
    description TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT roles_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT roles_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 04 create table permissions
CREATE TABLE permissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    module VARCHAR(20) NOT NULL
        CHECK (module IN ('ADMIN', 'CRM', 'SALES', 'SERVICE', 'PARTS', 'INSURANCE', 'ACCOUNTING'))
        CONSTRAINT permissions_module_type CHECK (length(module) <= 20),
    code VARCHAR(60) NOT NULL UNIQUE
        CONSTRAINT permissions_code_type CHECK (length(code) <= 60),
    name VARCHAR(150) NOT NULL
        CONSTRAINT permissions_name_type CHECK (length(name) <= 150)
);

-- 05 create table role_permissions
CREATE TABLE role_permissions (
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE
        CONSTRAINT role_permissions_role_id_type CHECK (typeof(role_id) = 'integer'),
    permission_id BIGINT NOT NULL REFERENCES permissions (id) ON DELETE CASCADE
        CONSTRAINT role_permissions_permission_id_type CHECK (typeof(permission_id) = 'integer'),
    granted_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT role_permissions_granted_at_type CHECK (granted_at IS datetime(substr(granted_at, 1, 19), '+0 days') || substr(granted_at, 20) AND (length(granted_at) = 19 OR substr(granted_at, 20) GLOB '.*[1-9]' AND substr(granted_at, 21) NOT GLOB '*[^0-9]*' AND length(granted_at) <= 26)),
    PRIMARY KEY (role_id, permission_id)
);

-- 06 create table system_settings
CREATE TABLE system_settings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    setting_key VARCHAR(100) NOT NULL UNIQUE
        CONSTRAINT system_settings_setting_key_type CHECK (length(setting_key) <= 100),
    setting_value JSON_TEXT NOT NULL
        CONSTRAINT system_settings_setting_value_type CHECK (json_valid(setting_value)),
    description TEXT,
    updated_by BIGINT REFERENCES users (id) ON DELETE SET NULL
        CONSTRAINT system_settings_updated_by_type CHECK (updated_by IS NULL OR typeof(updated_by) = 'integer'),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT system_settings_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT system_settings_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);

-- 07 insert initial rows of roles
INSERT INTO roles (id, code, name) SELECT 1, 'ADMIN', 'Administrator' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 1);
INSERT INTO roles (id, code, name) SELECT 2, 'MANAGER', 'Branch manager' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 2);
INSERT INTO roles (id, code, name) SELECT 3, 'SALES', 'Salesperson' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 3);
INSERT INTO roles (id, code, name) SELECT 4, 'SERVICE', 'Service advisor or technician' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 4);
INSERT INTO roles (id, code, name) SELECT 5, 'PARTS', 'Parts and stock' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 5);
INSERT INTO roles (id, code, name) SELECT 6, 'FINANCE', 'Cashier and accountant' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id IS 6);

-- 08 insert initial rows of permissions
INSERT INTO permissions (id, module, code, name) SELECT 1, 'ADMIN', 'users.manage', 'Create and lock users, give roles' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 1);
INSERT INTO permissions (id, module, code, name) SELECT 2, 'ADMIN', 'settings.manage', 'Change settings' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 2);
INSERT INTO permissions (id, module, code, name) SELECT 3, 'CRM', 'customers.edit', 'Edit customers, leads and campaigns' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 3);
INSERT INTO permissions (id, module, code, name) SELECT 4, 'SALES', 'orders.edit', 'Edit quotations and sales orders' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 4);
INSERT INTO permissions (id, module, code, name) SELECT 5, 'SALES', 'orders.approve', 'Confirm sales orders and discounts' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 5);
INSERT INTO permissions (id, module, code, name) SELECT 6, 'SERVICE', 'repairs.edit', 'Edit appointments and repair orders' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 6);
INSERT INTO permissions (id, module, code, name) SELECT 7, 'PARTS', 'stock.edit', 'Move stock and order parts' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 7);
INSERT INTO permissions (id, module, code, name) SELECT 8, 'INSURANCE', 'policies.edit', 'Edit insurance policies' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 8);
INSERT INTO permissions (id, module, code, name) SELECT 9, 'ACCOUNTING', 'invoices.edit', 'Issue invoices and take payments' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 9);
INSERT INTO permissions (id, module, code, name) SELECT 10, 'ACCOUNTING', 'journal.post', 'Post and reverse journal entries' WHERE NOT EXISTS (SELECT 1 FROM permissions WHERE id IS 10);

-- 09 insert initial rows of role_permissions
INSERT INTO role_permissions (role_id, permission_id) SELECT 1, 1 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 1 AND permission_id IS 1);
INSERT INTO role_permissions (role_id, permission_id) SELECT 1, 2 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 1 AND permission_id IS 2);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 3 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 3);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 4 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 4);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 5 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 5);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 6 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 6);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 7 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 7);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 8 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 8);
INSERT INTO role_permissions (role_id, permission_id) SELECT 2, 9 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 2 AND permission_id IS 9);
INSERT INTO role_permissions (role_id, permission_id) SELECT 3, 3 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 3 AND permission_id IS 3);
INSERT INTO role_permissions (role_id, permission_id) SELECT 3, 4 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 3 AND permission_id IS 4);
INSERT INTO role_permissions (role_id, permission_id) SELECT 3, 8 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 3 AND permission_id IS 8);
INSERT INTO role_permissions (role_id, permission_id) SELECT 4, 3 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 4 AND permission_id IS 3);
INSERT INTO role_permissions (role_id, permission_id) SELECT 4, 6 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 4 AND permission_id IS 6);
INSERT INTO role_permissions (role_id, permission_id) SELECT 5, 7 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 5 AND permission_id IS 7);
INSERT INTO role_permissions (role_id, permission_id) SELECT 6, 9 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 6 AND permission_id IS 9);
INSERT INTO role_permissions (role_id, permission_id) SELECT 6, 10 WHERE NOT EXISTS (SELECT 1 FROM role_permissions WHERE role_id IS 6 AND permission_id IS 10);

-- 10 insert initial rows of system_settings
INSERT INTO system_settings (setting_key, setting_value, description) SELECT 'quotation.valid_days', '14', 'Days that a quotation stands' WHERE NOT EXISTS (SELECT 1 FROM system_settings WHERE setting_key IS 'quotation.valid_days');
INSERT INTO system_settings (setting_key, setting_value, description) SELECT 'service.slot_minutes', '30', 'Length of an appointment' WHERE NOT EXISTS (SELECT 1 FROM system_settings WHERE setting_key IS 'service.slot_minutes');
INSERT INTO system_settings (setting_key, setting_value, description) SELECT 'stock.warn_below_minimum', 'true', 'Tell Parts when a stock falls below its minimum' WHERE NOT EXISTS (SELECT 1 FROM system_settings WHERE setting_key IS 'stock.warn_below_minimum');

-- 11 rebuild table users
CREATE TABLE schemac_new_users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    branch_id BIGINT NOT NULL REFERENCES branches (id)
        CONSTRAINT users_branch_id_type CHECK (typeof(branch_id) = 'integer'),
    username VARCHAR(50) NOT NULL UNIQUE
        CONSTRAINT users_username_type CHECK (length(username) <= 50),
    full_name VARCHAR(100) NOT NULL
        CONSTRAINT users_full_name_type CHECK (length(full_name) <= 100),
    email VARCHAR(150) UNIQUE
        CONSTRAINT users_email_type CHECK (length(email) <= 150),
    phone VARCHAR(30)
        CONSTRAINT users_phone_type CHECK (length(phone) <= 30),
    password_hash TEXT NOT NULL,
    role_id BIGINT NOT NULL REFERENCES roles (id)
        CONSTRAINT users_role_id_type CHECK (typeof(role_id) = 'integer'),
    status VARCHAR(20) NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'LOCKED', 'LEFT'))
        CONSTRAINT users_status_type CHECK (length(status) <= 20),
    last_login_at TIMESTAMP
        CONSTRAINT users_last_login_at_type CHECK (last_login_at IS datetime(substr(last_login_at, 1, 19), '+0 days') || substr(last_login_at, 20) AND (length(last_login_at) = 19 OR substr(last_login_at, 20) GLOB '.*[1-9]' AND substr(last_login_at, 21) NOT GLOB '*[^0-9]*' AND length(last_login_at) <= 26)),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT users_created_at_type CHECK (created_at IS datetime(substr(created_at, 1, 19), '+0 days') || substr(created_at, 20) AND (length(created_at) = 19 OR substr(created_at, 20) GLOB '.*[1-9]' AND substr(created_at, 21) NOT GLOB '*[^0-9]*' AND length(created_at) <= 26)),
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        CONSTRAINT users_updated_at_type CHECK (updated_at IS datetime(substr(updated_at, 1, 19), '+0 days') || substr(updated_at, 20) AND (length(updated_at) = 19 OR substr(updated_at, 20) GLOB '.*[1-9]' AND substr(updated_at, 21) NOT GLOB '*[^0-9]*' AND length(updated_at) <= 26))
);
INSERT INTO schemac_new_users (id, branch_id, username, full_name, email, phone, password_hash, role_id, status, last_login_at, created_at, updated_at) SELECT id, branch_id, username, full_name, email, phone, password_hash, CASE role_id WHEN 'ADMIN' THEN 1 WHEN 'MANAGER' THEN 2 WHEN 'SALES' THEN 3 WHEN 'SERVICE' THEN 4 WHEN 'PARTS' THEN 5 ELSE 6 END, status, last_login_at, created_at, updated_at FROM users;
DELETE FROM sqlite_sequence WHERE name = 'schemac_new_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'schemac_new_users', seq FROM sqlite_sequence WHERE name = 'users';
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "rows of users were lost" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT (SELECT count(*) FROM users) = (SELECT count(*) FROM schemac_new_users);
DROP TABLE temp.schemac_guard;
DROP TABLE users;
ALTER TABLE schemac_new_users RENAME TO users;

-- 12 create index idx_users_branch_id
CREATE INDEX idx_users_branch_id ON users (branch_id);

-- 13 create index idx_role_permissions_permission_id
CREATE INDEX idx_role_permissions_permission_id ON role_permissions (permission_id);

-- 14 create index idx_system_settings_updated_by
CREATE INDEX idx_system_settings_updated_by ON system_settings (updated_by);

-- 15 create index idx_users_role_id
CREATE INDEX idx_users_role_id ON users (role_id);

-- 16 create trigger users_updated_at_touch
CREATE TRIGGER users_updated_at_touch AFTER UPDATE ON users FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE users SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 17 create trigger roles_updated_at_touch
CREATE TRIGGER roles_updated_at_touch AFTER UPDATE ON roles FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE roles SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 18 create trigger system_settings_updated_at_touch
CREATE TRIGGER system_settings_updated_at_touch AFTER UPDATE ON system_settings FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE system_settings SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

-- 19 somebody may give roles
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "somebody may give roles" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) > 0
FROM role_permissions rp JOIN permissions p ON p.id = rp.permission_id
WHERE p.code = 'users.manage'
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
