-- @schema bookings
-- @extends 1.8.0
--
-- Sprint 9: messages to be sent later and in somebody's own words, groups, customers who bring
-- customers.

CREATE TABLE communication_scheduling (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    template_id         UUID NOT NULL
        REFERENCES communication_templates (id) ON DELETE RESTRICT,
    contact_list_id     UUID REFERENCES contact_lists (id) ON DELETE CASCADE,
    customer_id         UUID REFERENCES customers (id) ON DELETE CASCADE,
    scheduled_for       TIMESTAMPTZ NOT NULL,
    status              VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'cancelled')),
    sent_count          INT NOT NULL DEFAULT 0,
    error_message       TEXT,
    created_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT communication_scheduling_to
        CHECK (contact_list_id IS NOT NULL OR customer_id IS NOT NULL)
);

CREATE INDEX idx_comm_scheduling_template ON communication_scheduling (template_id);
CREATE INDEX idx_comm_scheduling_list ON communication_scheduling (contact_list_id);
CREATE INDEX idx_comm_scheduling_customer ON communication_scheduling (customer_id);
CREATE INDEX idx_comm_scheduling_admin ON communication_scheduling (created_by_admin_id);
CREATE INDEX idx_comm_scheduling_due ON communication_scheduling (scheduled_for)
    WHERE status = 'pending';

CREATE TABLE communication_personalization (
    id             UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    template_id    UUID NOT NULL
        REFERENCES communication_templates (id) ON DELETE CASCADE,
    customer_id    UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    variables_json JSONB NOT NULL DEFAULT '{}',
    preferred_hour SMALLINT CHECK (preferred_hour BETWEEN 0 AND 23),
    created_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at     TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_comm_personalization UNIQUE (template_id, customer_id)
);

CREATE INDEX idx_comm_personalization_customer
    ON communication_personalization (customer_id);

CREATE TABLE group_reservations (
    id                    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    organizer_customer_id UUID NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    location_id           UUID REFERENCES locations (id) ON DELETE SET NULL,
    group_name            VARCHAR(255) NOT NULL,
    expected_guests       INT NOT NULL CHECK (expected_guests > 0),
    discount_percent      DECIMAL(5,2) NOT NULL DEFAULT 0
        CHECK (discount_percent BETWEEN 0 AND 100),
    status                VARCHAR(50) NOT NULL DEFAULT 'planning'
        -- @lint off check-values-differ "a group plans, and either comes or does not"
        CHECK (status IN ('planning', 'confirmed', 'completed', 'cancelled')),
    notes                 TEXT,
    created_at            TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at            TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_group_reservations_organizer
    ON group_reservations (organizer_customer_id);
CREATE INDEX idx_group_reservations_location ON group_reservations (location_id);

ALTER TABLE bookings
    ADD COLUMN group_id UUID REFERENCES group_reservations (id) ON DELETE SET NULL;

CREATE INDEX idx_bookings_group ON bookings (group_id);

ALTER TABLE customers
    ADD COLUMN referral_code VARCHAR(20) CONSTRAINT uq_customers_referral_code UNIQUE;

CREATE TABLE customer_referrals (
    id                     UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    referrer_customer_id   UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    referred_customer_id   UUID UNIQUE REFERENCES customers (id) ON DELETE SET NULL,
    referred_email         VARCHAR(255) NOT NULL,
    status                 VARCHAR(50) NOT NULL DEFAULT 'invited'
        CHECK (status IN ('invited', 'joined', 'rewarded', 'expired')),
    loyalty_transaction_id UUID REFERENCES loyalty_transactions (id) ON DELETE SET NULL,
    invited_at             TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    rewarded_at            TIMESTAMPTZ,
    CONSTRAINT customer_referrals_not_oneself
        CHECK (referrer_customer_id <> referred_customer_id)
);

CREATE INDEX idx_referrals_referrer ON customer_referrals (referrer_customer_id);
CREATE INDEX idx_referrals_transaction ON customer_referrals (loyalty_transaction_id);
CREATE INDEX idx_referrals_email ON customer_referrals (referred_email);

-- Who is a customer already may bring others at once.
-- @migrate
UPDATE customers SET referral_code = upper(substr(replace(CAST(id AS text), '-', ''), 1, 20));
-- @end

-- @verify "codes are as people type them"
SELECT id FROM customers WHERE referral_code <> upper(referral_code);
-- @end
