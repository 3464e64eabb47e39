-- bookings: from 1.9.0 to 1.10.0 (postgres)

BEGIN;

-- 01 create table admin_backup_log
CREATE TABLE admin_backup_log (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    backup_type varchar(50) NOT NULL,
    storage_uri varchar(1000) NOT NULL UNIQUE,
    size_bytes bigint,
    checksum_sha256 varchar(64),
    status varchar(50) NOT NULL DEFAULT 'running',
    verified_at timestamptz,
    expires_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (backup_type IN ('full', 'incremental', 'schema')),
    CHECK (size_bytes >= 0),
    CHECK (status IN ('running', 'succeeded', 'failed'))
);

-- 02 create table admin_compliance_reports
CREATE TABLE admin_compliance_reports (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    regulation varchar(50) NOT NULL,
    period_start date NOT NULL,
    period_end date NOT NULL,
    findings_json jsonb NOT NULL DEFAULT '[]',
    generated_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    approved_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    generated_at timestamptz NOT NULL DEFAULT now(),
    approved_at timestamptz,
    CHECK (regulation IN ('gdpr', 'ccpa', 'tcpa', 'pci')),
    CONSTRAINT uq_compliance_reports UNIQUE (regulation, period_start, period_end),
    CONSTRAINT admin_compliance_reports_period CHECK (period_end >= period_start)
);

-- 03 create table admin_dashboard_widgets
CREATE TABLE admin_dashboard_widgets (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    widget_type varchar(100) NOT NULL,
    title varchar(255),
    position integer NOT NULL DEFAULT 0,
    settings_json jsonb NOT NULL DEFAULT '{}',
    is_visible boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_dashboard_widgets_position UNIQUE (admin_user_id, position)
);

-- 04 create table admin_data_exports
CREATE TABLE admin_data_exports (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
    customer_id uuid REFERENCES customers (id) ON DELETE SET NULL,
    export_type varchar(50) NOT NULL,
    file_format varchar(10) NOT NULL DEFAULT 'csv',
    filter_json jsonb NOT NULL DEFAULT '{}',
    row_count integer,
    status varchar(50) NOT NULL DEFAULT 'queued',
    storage_uri varchar(1000),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    CHECK (export_type IN ('customers', 'bookings', 'payments', 'one_customer')),
    CHECK (file_format IN ('csv', 'json', 'xlsx')),
    CHECK (status IN ('queued', 'running', 'ready', 'failed', 'expired'))
);

-- 05 create table admin_db_maintenance_log
CREATE TABLE admin_db_maintenance_log (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    task varchar(50) NOT NULL,
    target_table varchar(100),
    rows_affected bigint NOT NULL DEFAULT 0,
    error_message text,
    started_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (task IN ('vacuum', 'analyze', 'reindex', 'purge', 'migrate')),
    CONSTRAINT admin_db_maintenance_log_order CHECK (finished_at >= started_at)
);

-- 06 create table admin_security_events
CREATE TABLE admin_security_events (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE RESTRICT,
    api_key_id uuid,
    event_type varchar(100) NOT NULL,
    severity varchar(20) NOT NULL,
    ip_address varchar(45),
    details_json jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL DEFAULT now(),
    CHECK (severity IN ('info', 'warning', 'critical'))
);

-- 07 create index idx_backup_log_started
CREATE INDEX idx_backup_log_started ON admin_backup_log (started_at);

-- 08 create index idx_compliance_generated_by
CREATE INDEX idx_compliance_generated_by ON admin_compliance_reports (generated_by_admin_id);

-- 09 create index idx_compliance_approved_by
CREATE INDEX idx_compliance_approved_by ON admin_compliance_reports (approved_by_admin_id);

-- 10 create index idx_data_exports_admin
CREATE INDEX idx_data_exports_admin ON admin_data_exports (admin_user_id);

-- 11 create index idx_data_exports_customer
CREATE INDEX idx_data_exports_customer ON admin_data_exports (customer_id);

-- 12 create index idx_data_exports_waiting
CREATE INDEX idx_data_exports_waiting ON admin_data_exports (created_at) WHERE status IN ('queued', 'running');

-- 13 create index idx_db_maintenance_admin
CREATE INDEX idx_db_maintenance_admin ON admin_db_maintenance_log (started_by_admin_id);

-- 14 create index idx_db_maintenance_started
CREATE INDEX idx_db_maintenance_started ON admin_db_maintenance_log (started_at);

-- 15 create index idx_security_events_admin
CREATE INDEX idx_security_events_admin ON admin_security_events (admin_user_id, occurred_at);

-- 16 create index idx_security_events_address
CREATE INDEX idx_security_events_address ON admin_security_events (ip_address, occurred_at);

-- 17 create index idx_security_events_critical
CREATE INDEX idx_security_events_critical ON admin_security_events (occurred_at) WHERE severity = 'critical';

-- 18 create function admin_security_events_append_only
CREATE FUNCTION admin_security_events_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

-- 19 create function admin_dashboard_widgets_touch
CREATE FUNCTION admin_dashboard_widgets_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 20 create trigger admin_security_events_append_only
CREATE TRIGGER admin_security_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON admin_security_events FOR EACH STATEMENT EXECUTE FUNCTION admin_security_events_append_only();

-- 21 create trigger admin_dashboard_widgets_touch
CREATE TRIGGER admin_dashboard_widgets_touch BEFORE UPDATE ON admin_dashboard_widgets FOR EACH ROW EXECUTE FUNCTION admin_dashboard_widgets_touch();

COMMIT;
