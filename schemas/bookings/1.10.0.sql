-- @schema bookings
-- @extends 1.9.0
--
-- Sprint 10: what runs the place: maintenance, backups, security, reports, exports, dashboards.

CREATE TABLE admin_db_maintenance_log (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    task                VARCHAR(50) NOT NULL
        CHECK (task IN ('vacuum', 'analyze', 'reindex', 'purge', 'migrate')),
    target_table        VARCHAR(100),
    rows_affected       BIGINT NOT NULL DEFAULT 0,
    error_message       TEXT,
    started_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    finished_at         TIMESTAMPTZ,
    CONSTRAINT admin_db_maintenance_log_order CHECK (finished_at >= started_at)
);

CREATE INDEX idx_db_maintenance_admin ON admin_db_maintenance_log (started_by_admin_id);
CREATE INDEX idx_db_maintenance_started ON admin_db_maintenance_log (started_at);

CREATE TABLE admin_backup_log (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    backup_type     VARCHAR(50) NOT NULL
        CHECK (backup_type IN ('full', 'incremental', 'schema')),
    storage_uri     VARCHAR(1000) NOT NULL UNIQUE,
    size_bytes      BIGINT CHECK (size_bytes >= 0),
    checksum_sha256 VARCHAR(64),
    status          VARCHAR(50) NOT NULL DEFAULT 'running'
        CHECK (status IN ('running', 'succeeded', 'failed')),
    verified_at     TIMESTAMPTZ, -- read back and compared
    expires_at      TIMESTAMPTZ,
    started_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    finished_at     TIMESTAMPTZ
);

CREATE INDEX idx_backup_log_started ON admin_backup_log (started_at);

-- @append_only
CREATE TABLE admin_security_events (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    admin_user_id UUID REFERENCES admin_users (id) ON DELETE RESTRICT,
    api_key_id    UUID, -- keys go, and what was done with them stays
    event_type    VARCHAR(100) NOT NULL,
    severity      VARCHAR(20) NOT NULL
        CHECK (severity IN ('info', 'warning', 'critical')),
    ip_address    VARCHAR(45),
    details_json  JSONB NOT NULL DEFAULT '{}',
    occurred_at   TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_security_events_admin
    ON admin_security_events (admin_user_id, occurred_at);
CREATE INDEX idx_security_events_address
    ON admin_security_events (ip_address, occurred_at);
CREATE INDEX idx_security_events_critical ON admin_security_events (occurred_at)
    WHERE severity = 'critical';

CREATE TABLE admin_compliance_reports (
    id                    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    regulation            VARCHAR(50) NOT NULL
        CHECK (regulation IN ('gdpr', 'ccpa', 'tcpa', 'pci')),
    period_start          DATE NOT NULL,
    period_end            DATE NOT NULL,
    findings_json         JSONB NOT NULL DEFAULT '[]',
    generated_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    approved_by_admin_id  UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    generated_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    approved_at           TIMESTAMPTZ,
    CONSTRAINT uq_compliance_reports UNIQUE (regulation, period_start, period_end),
    CONSTRAINT admin_compliance_reports_period CHECK (period_end >= period_start)
);

CREATE INDEX idx_compliance_generated_by
    ON admin_compliance_reports (generated_by_admin_id);
CREATE INDEX idx_compliance_approved_by
    ON admin_compliance_reports (approved_by_admin_id);

CREATE TABLE admin_data_exports (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    admin_user_id UUID NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
    customer_id   UUID REFERENCES customers (id) ON DELETE SET NULL, -- who asked for their data
    export_type   VARCHAR(50) NOT NULL
        CHECK (export_type IN ('customers', 'bookings', 'payments', 'one_customer')),
    file_format   VARCHAR(10) NOT NULL DEFAULT 'csv'
        CHECK (file_format IN ('csv', 'json', 'xlsx')),
    filter_json   JSONB NOT NULL DEFAULT '{}',
    row_count     INT,
    status        VARCHAR(50) NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'ready', 'failed', 'expired')),
    storage_uri   VARCHAR(1000),
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    expires_at    TIMESTAMPTZ
);

CREATE INDEX idx_data_exports_admin ON admin_data_exports (admin_user_id);
CREATE INDEX idx_data_exports_customer ON admin_data_exports (customer_id);
CREATE INDEX idx_data_exports_waiting ON admin_data_exports (created_at)
    WHERE status IN ('queued', 'running');

CREATE TABLE admin_dashboard_widgets (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    admin_user_id UUID NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    widget_type   VARCHAR(100) NOT NULL,
    title         VARCHAR(255),
    position      INT NOT NULL DEFAULT 0,
    settings_json JSONB NOT NULL DEFAULT '{}',
    is_visible    BOOLEAN NOT NULL DEFAULT TRUE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_dashboard_widgets_position UNIQUE (admin_user_id, position)
);
