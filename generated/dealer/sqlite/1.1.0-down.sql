-- dealer: from 1.1.0 to 1.0.0 (sqlite)
-- loses table system_settings
-- loses table role_permissions
-- loses table permissions
-- loses table roles

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "foreign keys must be off: run this outside of a transaction" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT foreign_keys = 0 FROM pragma_foreign_keys;
DROP TABLE temp.schemac_guard;

-- before: stop where users.role_id holds NULL
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "users.role_id holds NULL" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT * FROM users WHERE CASE role_id WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE' WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END IS NULL
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- before: stop where users holds a row that breaks users_role_check
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "users holds a row that breaks users_role_check" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT * FROM users WHERE NOT CASE role_id WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE' WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END IN ('ADMIN', 'MANAGER', 'SALES', 'SERVICE', 'PARTS', 'FINANCE')
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- before: stop where users holds a row that breaks users_role_type
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "users holds a row that breaks users_role_type" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT * FROM users WHERE NOT length(CASE role_id WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE' WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END) <= 20
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 01 drop trigger users_updated_at_touch
DROP TRIGGER users_updated_at_touch;

-- 02 drop trigger roles_updated_at_touch
DROP TRIGGER roles_updated_at_touch;

-- 03 drop trigger system_settings_updated_at_touch
DROP TRIGGER system_settings_updated_at_touch;

-- 04 drop index idx_users_role_id
DROP INDEX idx_users_role_id;

-- 05 rename column users.role_id to role
ALTER TABLE users RENAME COLUMN role_id TO role;

-- 06 rebuild table users
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
    role VARCHAR(20) NOT NULL DEFAULT 'SALES'
        CHECK (role IN ('ADMIN', 'MANAGER', 'SALES', 'SERVICE', 'PARTS', 'FINANCE'))
        CONSTRAINT users_role_type CHECK (length(role) <= 20),
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
INSERT INTO schemac_new_users (id, branch_id, username, full_name, email, phone, password_hash, role, status, last_login_at, created_at, updated_at) SELECT id, branch_id, username, full_name, email, phone, password_hash, CASE role WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE' WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END, status, last_login_at, created_at, updated_at FROM users;
DELETE FROM sqlite_sequence WHERE name = 'schemac_new_users';
INSERT INTO sqlite_sequence (name, seq) SELECT 'schemac_new_users', seq FROM sqlite_sequence WHERE name = 'users';
CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "rows of users were lost" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT (SELECT count(*) FROM users) = (SELECT count(*) FROM schemac_new_users);
DROP TABLE temp.schemac_guard;
DROP TABLE users;
ALTER TABLE schemac_new_users RENAME TO users;

-- 07 drop table system_settings
-- WARNING data-loss: table system_settings is lost (not allowed; say --allow data-loss)
DROP TABLE system_settings;

-- 08 drop table role_permissions
-- WARNING data-loss: table role_permissions is lost (not allowed; say --allow data-loss)
DROP TABLE role_permissions;

-- 09 drop table permissions
-- WARNING data-loss: table permissions is lost (not allowed; say --allow data-loss)
DROP TABLE permissions;

-- 10 drop table roles
-- WARNING data-loss: table roles is lost (not allowed; say --allow data-loss)
DROP TABLE roles;

-- 11 create index idx_users_branch_id
CREATE INDEX idx_users_branch_id ON users (branch_id);

-- 12 create trigger users_updated_at_touch
CREATE TRIGGER users_updated_at_touch AFTER UPDATE ON users FOR EACH ROW WHEN (new.updated_at IS old.updated_at AND new.updated_at IS NOT CURRENT_TIMESTAMP) BEGIN
    UPDATE users SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;

CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT "a row has no parent: see PRAGMA foreign_key_check" CHECK (ok));
INSERT INTO temp.schemac_guard SELECT count(*) = 0 FROM pragma_foreign_key_check;
DROP TABLE temp.schemac_guard;
COMMIT;
PRAGMA foreign_keys = ON;
