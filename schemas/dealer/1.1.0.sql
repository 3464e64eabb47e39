-- @schema dealer
-- @extends 1.0.0
--
-- Rights by role, and settings: 53 tables.  What was one word on each user becomes a row
-- of roles that the user points to.
--
-- @lint off timestamp-without-zone "servers and clients agree on UTC"

CREATE TABLE roles (
    id          BIGSERIAL PRIMARY KEY,
    code        VARCHAR(20) NOT NULL UNIQUE,
    name        VARCHAR(100) NOT NULL,
    description TEXT,
    created_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
INSERT INTO roles (id, code, name) VALUES
    (1, 'ADMIN', 'Administrator'),
    (2, 'MANAGER', 'Branch manager'),
    (3, 'SALES', 'Salesperson'),
    (4, 'SERVICE', 'Service advisor or technician'),
    (5, 'PARTS', 'Parts and stock'),
    (6, 'FINANCE', 'Cashier and accountant');

CREATE TABLE permissions (
    id     BIGSERIAL PRIMARY KEY,
    module VARCHAR(20) NOT NULL
        CHECK (module IN ('ADMIN', 'CRM', 'SALES', 'SERVICE', 'PARTS', 'INSURANCE',
            'ACCOUNTING')),
    code   VARCHAR(60) NOT NULL UNIQUE,
    name   VARCHAR(150) NOT NULL
);
INSERT INTO permissions (id, module, code, name) VALUES
    (1, 'ADMIN', 'users.manage', 'Create and lock users, give roles'),
    (2, 'ADMIN', 'settings.manage', 'Change settings'),
    (3, 'CRM', 'customers.edit', 'Edit customers, leads and campaigns'),
    (4, 'SALES', 'orders.edit', 'Edit quotations and sales orders'),
    (5, 'SALES', 'orders.approve', 'Confirm sales orders and discounts'),
    (6, 'SERVICE', 'repairs.edit', 'Edit appointments and repair orders'),
    (7, 'PARTS', 'stock.edit', 'Move stock and order parts'),
    (8, 'INSURANCE', 'policies.edit', 'Edit insurance policies'),
    (9, 'ACCOUNTING', 'invoices.edit', 'Issue invoices and take payments'),
    (10, 'ACCOUNTING', 'journal.post', 'Post and reverse journal entries');

CREATE TABLE role_permissions (
    role_id       BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    permission_id BIGINT NOT NULL REFERENCES permissions (id) ON DELETE CASCADE,
    granted_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (role_id, permission_id)
);
CREATE INDEX idx_role_permissions_permission_id ON role_permissions (permission_id);
INSERT INTO role_permissions (role_id, permission_id) VALUES
    (1, 1), (1, 2),
    (2, 3), (2, 4), (2, 5), (2, 6), (2, 7), (2, 8), (2, 9),
    (3, 3), (3, 4), (3, 8),
    (4, 3), (4, 6),
    (5, 7),
    (6, 9), (6, 10);

CREATE TABLE system_settings (
    id            BIGSERIAL PRIMARY KEY,
    setting_key   VARCHAR(100) NOT NULL UNIQUE,
    setting_value JSONB NOT NULL,
    description   TEXT,
    updated_by    BIGINT REFERENCES users (id) ON DELETE SET NULL,
    created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP -- @touch
);
CREATE INDEX idx_system_settings_updated_by ON system_settings (updated_by);
INSERT INTO system_settings (setting_key, setting_value, description) VALUES
    ('quotation.valid_days', '14', 'Days that a quotation stands'),
    ('service.slot_minutes', '30', 'Length of an appointment'),
    ('stock.warn_below_minimum', 'true', 'Tell Parts when a stock falls below its minimum');

ALTER TABLE users
    DROP CONSTRAINT users_role_check,
    ALTER COLUMN role DROP DEFAULT;
ALTER TABLE users RENAME COLUMN role TO role_id;
ALTER TABLE users
    /* @from CASE role
            WHEN 'ADMIN' THEN 1 WHEN 'MANAGER' THEN 2 WHEN 'SALES' THEN 3
            WHEN 'SERVICE' THEN 4 WHEN 'PARTS' THEN 5 ELSE 6 END */
    ALTER COLUMN role_id TYPE BIGINT; /* @back CASE role_id
            WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE'
            WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END */
ALTER TABLE users ADD FOREIGN KEY (role_id) REFERENCES roles (id);
CREATE INDEX idx_users_role_id ON users (role_id);

-- @verify "somebody may give roles"
SELECT count(*) > 0
FROM role_permissions rp JOIN permissions p ON p.id = rp.permission_id
WHERE p.code = 'users.manage';
-- @end
