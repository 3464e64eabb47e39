-- bookings: from 1.3.0 to 1.4.0 (postgres)

BEGIN;

-- 01 create table audit_logs
CREATE TABLE audit_logs (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE RESTRICT,
    action varchar(100) NOT NULL,
    entity_type varchar(100) NOT NULL,
    entity_id uuid,
    old_values_json jsonb,
    new_values_json jsonb,
    ip_address varchar(45),
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE audit_logs IS 'Who changed what, and when; without an administrator: the system';

-- 02 create index idx_audit_logs_admin
CREATE INDEX idx_audit_logs_admin ON audit_logs (admin_user_id, created_at);

-- 03 create index idx_audit_logs_entity
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity_type, entity_id);

-- 04 create index idx_audit_logs_created
CREATE INDEX idx_audit_logs_created ON audit_logs (created_at);

-- 05 create function audit_logs_append_only
CREATE FUNCTION audit_logs_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 06 create trigger audit_logs_append_only
CREATE TRIGGER audit_logs_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION audit_logs_append_only();

COMMIT;
