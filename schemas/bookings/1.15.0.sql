-- @schema bookings
-- @extends 1.14.0
--
-- Sprint 15: customers who pay by the month.

CREATE TABLE payment_subscriptions (
    id                     UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id            UUID NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    package_id             UUID REFERENCES service_packages (id) ON DELETE SET NULL,
    payment_method_id      UUID REFERENCES payment_methods (id) ON DELETE SET NULL,
    stripe_subscription_id VARCHAR(255) UNIQUE,
    amount                 DECIMAL(10,2) NOT NULL CHECK (amount > 0),
    currency               VARCHAR(3) NOT NULL DEFAULT 'USD',
    billing_interval       VARCHAR(20) NOT NULL DEFAULT 'monthly'
        CHECK (billing_interval IN ('weekly', 'monthly', 'quarterly', 'yearly')),
    status                 VARCHAR(50) NOT NULL DEFAULT 'active'
        CHECK (status IN ('trialing', 'active', 'past_due', 'paused', 'cancelled')),
    current_period_start   DATE NOT NULL,
    current_period_end     DATE NOT NULL,
    cancelled_at           TIMESTAMPTZ,
    created_at             TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at             TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT payment_subscriptions_period
        CHECK (current_period_end > current_period_start)
);

CREATE INDEX idx_subscriptions_customer ON payment_subscriptions (customer_id);
CREATE INDEX idx_subscriptions_package ON payment_subscriptions (package_id);
CREATE INDEX idx_subscriptions_method ON payment_subscriptions (payment_method_id);
CREATE INDEX idx_subscriptions_due ON payment_subscriptions (current_period_end)
    WHERE status = 'active';

ALTER TABLE payments
    ADD COLUMN subscription_id UUID
        REFERENCES payment_subscriptions (id) ON DELETE SET NULL;

CREATE INDEX idx_payments_subscription ON payments (subscription_id);
