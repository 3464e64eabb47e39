-- bookings: from 1.14.0 to 1.15.0 (postgres)

BEGIN;

-- 01 create table payment_subscriptions
CREATE TABLE payment_subscriptions (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    package_id uuid REFERENCES service_packages (id) ON DELETE SET NULL,
    payment_method_id uuid REFERENCES payment_methods (id) ON DELETE SET NULL,
    stripe_subscription_id varchar(255) UNIQUE,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    billing_interval varchar(20) NOT NULL DEFAULT 'monthly',
    status varchar(50) NOT NULL DEFAULT 'active',
    current_period_start date NOT NULL,
    current_period_end date NOT NULL,
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (amount > 0),
    CHECK (billing_interval IN ('weekly', 'monthly', 'quarterly', 'yearly')),
    CHECK (status IN ('trialing', 'active', 'past_due', 'paused', 'cancelled')),
    CONSTRAINT payment_subscriptions_period CHECK (current_period_end > current_period_start)
);

-- 02 add column payments.subscription_id
ALTER TABLE payments ADD COLUMN subscription_id uuid;

-- 03 add constraint payments.payments_subscription_id_fkey
ALTER TABLE payments ADD CONSTRAINT payments_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES payment_subscriptions (id) ON DELETE SET NULL;

-- 04 create index idx_subscriptions_customer
CREATE INDEX idx_subscriptions_customer ON payment_subscriptions (customer_id);

-- 05 create index idx_subscriptions_package
CREATE INDEX idx_subscriptions_package ON payment_subscriptions (package_id);

-- 06 create index idx_subscriptions_method
CREATE INDEX idx_subscriptions_method ON payment_subscriptions (payment_method_id);

-- 07 create index idx_subscriptions_due
CREATE INDEX idx_subscriptions_due ON payment_subscriptions (current_period_end) WHERE status = 'active';

-- 08 create index idx_payments_subscription
CREATE INDEX idx_payments_subscription ON payments (subscription_id);

-- 09 create function payment_subscriptions_touch
CREATE FUNCTION payment_subscriptions_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 10 create trigger payment_subscriptions_touch
CREATE TRIGGER payment_subscriptions_touch BEFORE UPDATE ON payment_subscriptions FOR EACH ROW EXECUTE FUNCTION payment_subscriptions_touch();

COMMIT;
