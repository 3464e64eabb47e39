-- dealer: from 1.1.0 to 1.0.0 (postgres)
-- loses table system_settings
-- loses table role_permissions
-- loses table permissions
-- loses table roles

BEGIN;

-- before: stop where users has rows that break the check (users_role_check)
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "users has rows that break the check (users_role_check)" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id FROM users WHERE NOT (CASE role_id WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE' WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END IN ('ADMIN', 'MANAGER', 'SALES', 'SERVICE', 'PARTS', 'FINANCE'))
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 01 drop constraint users.users_role_id_fkey
ALTER TABLE users DROP CONSTRAINT users_role_id_fkey;

-- 02 drop index idx_users_role_id
DROP INDEX idx_users_role_id;

-- 03 rename column users.role_id to role
ALTER TABLE users RENAME COLUMN role_id TO role;

-- 04 change type users.role
ALTER TABLE users ALTER COLUMN role TYPE varchar(20) USING (CASE role WHEN 1 THEN 'ADMIN' WHEN 2 THEN 'MANAGER' WHEN 4 THEN 'SERVICE' WHEN 5 THEN 'PARTS' WHEN 6 THEN 'FINANCE' ELSE 'SALES' END),
    ALTER COLUMN role SET DEFAULT 'SALES';

-- 05 add constraint users.users_role_check
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('ADMIN', 'MANAGER', 'SALES', 'SERVICE', 'PARTS', 'FINANCE'));

-- 06 drop table system_settings
-- WARNING data-loss: table system_settings is lost (not allowed; say --allow data-loss)
DROP TABLE system_settings;

-- 07 drop table role_permissions
-- WARNING data-loss: table role_permissions is lost (not allowed; say --allow data-loss)
DROP TABLE role_permissions;

-- 08 drop table permissions
-- WARNING data-loss: table permissions is lost (not allowed; say --allow data-loss)
DROP TABLE permissions;

-- 09 drop table roles
-- WARNING data-loss: table roles is lost (not allowed; say --allow data-loss)
DROP TABLE roles;

-- 10 drop function roles_touch
DROP FUNCTION roles_touch();

-- 11 drop function system_settings_touch
DROP FUNCTION system_settings_touch();

COMMIT;
