-- bookings: from 1.7.0 to 1.8.0 (postgres)

BEGIN;

-- 01 create table admin_api_keys
CREATE TABLE admin_api_keys (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    key_prefix varchar(12) NOT NULL,
    key_hash varchar(128) NOT NULL UNIQUE,
    scopes text[] NOT NULL DEFAULT '{}',
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_admin_api_keys_name UNIQUE (admin_user_id, name)
);

-- 02 create table admin_email_templates
CREATE TABLE admin_email_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email_template_id uuid REFERENCES email_templates (id) ON DELETE SET NULL,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    subject varchar(255) NOT NULL,
    body_html text NOT NULL,
    is_shared boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_admin_email_templates UNIQUE (admin_user_id, name)
);

-- 03 create table admin_rate_limits
CREATE TABLE admin_rate_limits (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    api_key_id uuid REFERENCES admin_api_keys (id) ON DELETE CASCADE,
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE CASCADE,
    route_pattern varchar(255) NOT NULL DEFAULT '*',
    max_requests integer NOT NULL,
    window_seconds integer NOT NULL DEFAULT 60,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (max_requests > 0),
    CHECK (window_seconds > 0),
    CONSTRAINT admin_rate_limits_whose CHECK ((api_key_id IS NULL) <> (admin_user_id IS NULL))
);

-- 04 create table admin_sms_templates
CREATE TABLE admin_sms_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    sms_template_id uuid REFERENCES sms_templates (id) ON DELETE SET NULL,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL,
    body varchar(1600) NOT NULL,
    is_shared boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_admin_sms_templates UNIQUE (admin_user_id, name)
);

-- 05 create table payment_disputes
CREATE TABLE payment_disputes (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments (id) ON DELETE RESTRICT,
    stripe_dispute_id varchar(255) NOT NULL UNIQUE,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    reason varchar(100) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'needs_response',
    evidence_json jsonb NOT NULL DEFAULT '{}',
    evidence_due_at timestamptz,
    assigned_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (amount > 0),
    CHECK (status IN ('needs_response', 'under_review', 'won', 'lost', 'withdrawn'))
);

-- 06 create index idx_admin_api_keys_prefix
CREATE INDEX idx_admin_api_keys_prefix ON admin_api_keys (key_prefix);

-- 07 create index idx_admin_email_templates_base
CREATE INDEX idx_admin_email_templates_base ON admin_email_templates (email_template_id);

-- 08 create index uq_admin_rate_limits_key
CREATE UNIQUE INDEX uq_admin_rate_limits_key ON admin_rate_limits (api_key_id, route_pattern) WHERE api_key_id IS NOT NULL;

-- 09 create index uq_admin_rate_limits_admin
CREATE UNIQUE INDEX uq_admin_rate_limits_admin ON admin_rate_limits (admin_user_id, route_pattern) WHERE admin_user_id IS NOT NULL;

-- 10 create index idx_admin_sms_templates_base
CREATE INDEX idx_admin_sms_templates_base ON admin_sms_templates (sms_template_id);

-- 11 create index idx_disputes_payment
CREATE INDEX idx_disputes_payment ON payment_disputes (payment_id);

-- 12 create index idx_disputes_admin
CREATE INDEX idx_disputes_admin ON payment_disputes (assigned_admin_id);

-- 13 create index idx_disputes_due
CREATE INDEX idx_disputes_due ON payment_disputes (evidence_due_at) WHERE status = 'needs_response';

-- 14 create function admin_email_templates_touch
CREATE FUNCTION admin_email_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 15 create function admin_sms_templates_touch
CREATE FUNCTION admin_sms_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 16 create function payment_disputes_touch
CREATE FUNCTION payment_disputes_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 17 create function admin_rate_limits_touch
CREATE FUNCTION admin_rate_limits_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 18 create trigger admin_email_templates_touch
CREATE TRIGGER admin_email_templates_touch BEFORE UPDATE ON admin_email_templates FOR EACH ROW EXECUTE FUNCTION admin_email_templates_touch();

-- 19 create trigger admin_sms_templates_touch
CREATE TRIGGER admin_sms_templates_touch BEFORE UPDATE ON admin_sms_templates FOR EACH ROW EXECUTE FUNCTION admin_sms_templates_touch();

-- 20 create trigger payment_disputes_touch
CREATE TRIGGER payment_disputes_touch BEFORE UPDATE ON payment_disputes FOR EACH ROW EXECUTE FUNCTION payment_disputes_touch();

-- 21 create trigger admin_rate_limits_touch
CREATE TRIGGER admin_rate_limits_touch BEFORE UPDATE ON admin_rate_limits FOR EACH ROW EXECUTE FUNCTION admin_rate_limits_touch();

COMMIT;
