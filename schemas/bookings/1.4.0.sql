-- @schema bookings
-- @extends 1.3.0
--
-- Sprint 4: the audit log.  Nobody changes it, so that who is named in it cannot be deleted:
-- administrators who leave are switched off.

-- @append_only
CREATE TABLE audit_logs (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    admin_user_id   UUID REFERENCES admin_users (id) ON DELETE RESTRICT,
    action          VARCHAR(100) NOT NULL,
    entity_type     VARCHAR(100) NOT NULL,
    entity_id       UUID,
    old_values_json JSONB,
    new_values_json JSONB,
    ip_address      VARCHAR(45),
    user_agent      TEXT,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

COMMENT ON TABLE audit_logs IS 'Who changed what, and when; without an administrator: the system';

CREATE INDEX idx_audit_logs_admin ON audit_logs (admin_user_id, created_at);
CREATE INDEX idx_audit_logs_entity ON audit_logs (entity_type, entity_id);
CREATE INDEX idx_audit_logs_created ON audit_logs (created_at);
