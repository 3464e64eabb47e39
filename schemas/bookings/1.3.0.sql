-- @schema bookings
-- @extends 1.2.0
--
-- Sprint 3: the history of payments, what customers like, templates for messages.
-- A line of the history names the account that it earned points for, and the account names the
-- line that it changed last: the two tables refer to each other.

CREATE TABLE payment_history (
    id                   UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id           UUID NOT NULL REFERENCES bookings (id) ON DELETE RESTRICT,
    deposit_id           UUID REFERENCES deposits (id) ON DELETE SET NULL,
    payment_id           UUID REFERENCES payments (id) ON DELETE SET NULL,
    loyalty_points_id    UUID REFERENCES loyalty_points (id) ON DELETE SET NULL,
    entry_type           VARCHAR(50) NOT NULL
        CHECK (entry_type IN ('deposit', 'payment', 'refund', 'adjustment')),
    amount               DECIMAL(10,2) NOT NULL,
    currency             VARCHAR(3) NOT NULL DEFAULT 'USD',
    note                 TEXT,
    recorded_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    occurred_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    created_at           TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE INDEX idx_payment_history_booking ON payment_history (booking_id);
CREATE INDEX idx_payment_history_deposit ON payment_history (deposit_id);
CREATE INDEX idx_payment_history_payment ON payment_history (payment_id);
CREATE INDEX idx_payment_history_loyalty ON payment_history (loyalty_points_id);
CREATE INDEX idx_payment_history_admin ON payment_history (recorded_by_admin_id);
CREATE INDEX idx_payment_history_occurred ON payment_history (occurred_at);

ALTER TABLE loyalty_points
    ADD COLUMN last_payment_history_id UUID
        REFERENCES payment_history (id) ON DELETE SET NULL;

CREATE INDEX idx_loyalty_last_payment ON loyalty_points (last_payment_history_id);
CREATE INDEX idx_loyalty_trans_points ON loyalty_transactions (loyalty_points_id);

ALTER TABLE customers ADD COLUMN preferences_json JSONB NOT NULL DEFAULT '{}';

-- @only postgres
CREATE INDEX idx_customers_preferences ON customers USING gin (preferences_json);

CREATE TABLE sms_templates (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name                VARCHAR(100) NOT NULL UNIQUE,
    body                VARCHAR(1600) NOT NULL, -- ten messages of a telephone
    variables_json      JSONB NOT NULL DEFAULT '[]',
    is_active           BOOLEAN NOT NULL DEFAULT TRUE,
    created_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_sms_templates_admin ON sms_templates (created_by_admin_id);

CREATE TABLE email_templates (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name                VARCHAR(100) NOT NULL UNIQUE,
    subject             VARCHAR(255) NOT NULL,
    body_html           TEXT NOT NULL,
    body_text           TEXT,
    variables_json      JSONB NOT NULL DEFAULT '[]',
    is_active           BOOLEAN NOT NULL DEFAULT TRUE,
    created_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_email_templates_admin ON email_templates (created_by_admin_id);

-- What was paid so far is the beginning of the history.
-- @migrate sqlite
INSERT INTO payment_history (booking_id, payment_id, entry_type, amount, currency, occurred_at)
SELECT booking_id, id, CASE status WHEN 'refunded' THEN 'refund' ELSE 'payment' END,
    CASE status WHEN 'refunded' THEN -amount ELSE amount END, currency,
    coalesce(paid_at, created_at)
FROM payments WHERE status IN ('succeeded', 'refunded');

INSERT INTO payment_history (booking_id, deposit_id, entry_type, amount, currency, occurred_at)
SELECT booking_id, id, 'deposit', amount, coalesce(currency, 'USD'),
    coalesce(paid_at, created_at, CURRENT_TIMESTAMP)
FROM deposits WHERE status = 'confirmed';

UPDATE customers SET preferences_json = json_object('dietary', dietary_notes)
WHERE dietary_notes IS NOT NULL;
-- @end

-- @migrate postgres
INSERT INTO payment_history (booking_id, payment_id, entry_type, amount, currency, occurred_at)
SELECT booking_id, id, CASE status WHEN 'refunded' THEN 'refund' ELSE 'payment' END,
    CASE status WHEN 'refunded' THEN -amount ELSE amount END, currency,
    coalesce(paid_at, created_at)
FROM payments WHERE status IN ('succeeded', 'refunded');

INSERT INTO payment_history (booking_id, deposit_id, entry_type, amount, currency, occurred_at)
SELECT booking_id, id, 'deposit', amount, coalesce(currency, 'USD'),
    coalesce(paid_at, created_at, CURRENT_TIMESTAMP)
FROM deposits WHERE status = 'confirmed';

UPDATE customers SET preferences_json = jsonb_build_object('dietary', dietary_notes)
WHERE dietary_notes IS NOT NULL;
-- @end

-- @verify "no payment is in the history twice"
SELECT payment_id FROM payment_history
WHERE payment_id IS NOT NULL AND entry_type = 'payment'
GROUP BY payment_id HAVING count(*) > 1;
-- @end
