-- @schema bookings
-- @extends 1.7.0
--
-- Sprint 8: what administrators write themselves, disputes, keys for programs and their limits.

CREATE TABLE admin_email_templates (
    id                UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email_template_id UUID REFERENCES email_templates (id) ON DELETE SET NULL, -- made from
    admin_user_id     UUID NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name              VARCHAR(100) NOT NULL,
    subject           VARCHAR(255) NOT NULL,
    body_html         TEXT NOT NULL,
    is_shared         BOOLEAN NOT NULL DEFAULT FALSE,
    created_at        TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at        TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_admin_email_templates UNIQUE (admin_user_id, name)
);

CREATE INDEX idx_admin_email_templates_base ON admin_email_templates (email_template_id);

CREATE TABLE admin_sms_templates (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    sms_template_id UUID REFERENCES sms_templates (id) ON DELETE SET NULL,
    admin_user_id   UUID NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name            VARCHAR(100) NOT NULL,
    body            VARCHAR(1600) NOT NULL,
    is_shared       BOOLEAN NOT NULL DEFAULT FALSE,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_admin_sms_templates UNIQUE (admin_user_id, name)
);

CREATE INDEX idx_admin_sms_templates_base ON admin_sms_templates (sms_template_id);

CREATE TABLE payment_disputes (
    id                UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id        UUID NOT NULL REFERENCES payments (id) ON DELETE RESTRICT,
    stripe_dispute_id VARCHAR(255) NOT NULL UNIQUE,
    amount            DECIMAL(10,2) NOT NULL CHECK (amount > 0),
    currency          VARCHAR(3) NOT NULL DEFAULT 'USD',
    reason            VARCHAR(100) NOT NULL,
    status            VARCHAR(50) NOT NULL DEFAULT 'needs_response'
        CHECK (status IN ('needs_response', 'under_review', 'won', 'lost', 'withdrawn')),
    evidence_json     JSONB NOT NULL DEFAULT '{}',
    evidence_due_at   TIMESTAMPTZ,
    assigned_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    opened_at         TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    closed_at         TIMESTAMPTZ,
    updated_at        TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_disputes_payment ON payment_disputes (payment_id);
CREATE INDEX idx_disputes_admin ON payment_disputes (assigned_admin_id);
CREATE INDEX idx_disputes_due ON payment_disputes (evidence_due_at)
    WHERE status = 'needs_response';

CREATE TABLE admin_api_keys (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    admin_user_id UUID NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    name          VARCHAR(100) NOT NULL,
    key_prefix    VARCHAR(12) NOT NULL, -- shown, so that people know which key it is
    key_hash      VARCHAR(128) NOT NULL UNIQUE,
    scopes        TEXT[] NOT NULL DEFAULT '{}',
    last_used_at  TIMESTAMPTZ,
    expires_at    TIMESTAMPTZ,
    revoked_at    TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT uq_admin_api_keys_name UNIQUE (admin_user_id, name)
);

CREATE INDEX idx_admin_api_keys_prefix ON admin_api_keys (key_prefix);

-- For a key or for a person, never for both.
CREATE TABLE admin_rate_limits (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    api_key_id     UUID REFERENCES admin_api_keys (id) ON DELETE CASCADE,
    admin_user_id  UUID REFERENCES admin_users (id) ON DELETE CASCADE,
    route_pattern  VARCHAR(255) NOT NULL DEFAULT '*',
    max_requests   INT NOT NULL CHECK (max_requests > 0),
    window_seconds INT NOT NULL DEFAULT 60 CHECK (window_seconds > 0),
    is_active      BOOLEAN NOT NULL DEFAULT TRUE,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT admin_rate_limits_whose
        CHECK ((api_key_id IS NULL) <> (admin_user_id IS NULL))
);

CREATE UNIQUE INDEX uq_admin_rate_limits_key ON admin_rate_limits (api_key_id, route_pattern)
    WHERE api_key_id IS NOT NULL;
CREATE UNIQUE INDEX uq_admin_rate_limits_admin ON admin_rate_limits (admin_user_id, route_pattern)
    WHERE admin_user_id IS NOT NULL;
