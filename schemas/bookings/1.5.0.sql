-- @schema bookings
-- @extends 1.4.0
--
-- Sprint 5: exceptions that administrators make, exports, templates for every channel, reports.

CREATE TABLE admin_booking_overrides (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id    UUID NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    admin_user_id UUID NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
    field_name    VARCHAR(100) NOT NULL,
    old_value     TEXT,
    new_value     TEXT,
    reason        TEXT NOT NULL,
    expires_at    TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_overrides_booking ON admin_booking_overrides (booking_id);
CREATE INDEX idx_overrides_admin ON admin_booking_overrides (admin_user_id);

ALTER TABLE customers ADD COLUMN export_history_json JSONB NOT NULL DEFAULT '[]';

CREATE TABLE communication_templates (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    template_key        VARCHAR(100) NOT NULL,
    channel             VARCHAR(50) NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
    locale              VARCHAR(10) NOT NULL DEFAULT 'en-US',
    subject             VARCHAR(255),
    body                TEXT NOT NULL,
    variables_json      JSONB NOT NULL DEFAULT '[]',
    is_active           BOOLEAN NOT NULL DEFAULT TRUE,
    created_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_communication_templates UNIQUE (template_key, channel, locale),
    CONSTRAINT communication_templates_subject
        CHECK (channel <> 'email' OR subject IS NOT NULL)
);

CREATE INDEX idx_communication_templates_admin
    ON communication_templates (created_by_admin_id);

ALTER TABLE payment_history
    ADD COLUMN fee_amount DECIMAL(10,2) NOT NULL DEFAULT 0 CHECK (fee_amount >= 0),
    ADD COLUMN net_amount DECIMAL(10,2) GENERATED ALWAYS AS (amount - fee_amount) STORED,
    -- @from CASE entry_type WHEN 'deposit' THEN 'liability' WHEN 'refund' THEN 'refund' ELSE 'revenue' END
    ADD COLUMN report_category VARCHAR(50) NOT NULL DEFAULT 'revenue'
        CHECK (report_category IN ('revenue', 'liability', 'refund')),
    ADD COLUMN exported_at TIMESTAMPTZ;

CREATE INDEX idx_payment_history_report ON payment_history (report_category, occurred_at);
CREATE INDEX idx_payment_history_unexported ON payment_history (occurred_at)
    WHERE exported_at IS NULL;

CREATE VIEW payment_report_monthly AS
SELECT
    date_trunc('month', occurred_at) AS month,
    report_category,
    currency,
    count(*) AS entries,
    sum(amount) AS gross_amount,
    sum(fee_amount) AS fee_amount,
    sum(net_amount) AS net_amount
FROM payment_history
GROUP BY date_trunc('month', occurred_at), report_category, currency;

ALTER TABLE deposits
    ADD COLUMN payment_history_id UUID REFERENCES payment_history (id) ON DELETE SET NULL;

CREATE INDEX idx_deposits_payment_history ON deposits (payment_history_id);

CREATE TABLE admin_notifications (
    id                UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    admin_user_id     UUID NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    notification_type VARCHAR(100) NOT NULL,
    severity          VARCHAR(20) NOT NULL DEFAULT 'info'
        CHECK (severity IN ('info', 'warning', 'critical')),
    title             VARCHAR(255) NOT NULL,
    body              TEXT,
    link_path         VARCHAR(500),
    read_at           TIMESTAMPTZ,
    created_at        TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_admin_notifications_admin
    ON admin_notifications (admin_user_id, created_at);
CREATE INDEX idx_admin_notifications_unread ON admin_notifications (admin_user_id)
    WHERE read_at IS NULL;

-- @migrate
UPDATE deposits SET payment_history_id = (
    SELECT h.id FROM payment_history h WHERE h.deposit_id = deposits.id
    ORDER BY h.occurred_at, h.id LIMIT 1);
-- @end

-- @verify "a deposit and its line in the history are about one booking"
SELECT d.id FROM deposits d JOIN payment_history h ON h.id = d.payment_history_id
WHERE h.booking_id <> d.booking_id;
-- @end
