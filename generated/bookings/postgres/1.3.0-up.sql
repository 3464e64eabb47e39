-- bookings: from 1.2.0 to 1.3.0 (postgres)

BEGIN;

-- 01 create table email_templates
CREATE TABLE email_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    subject varchar(255) NOT NULL,
    body_html text NOT NULL,
    body_text text,
    variables_json jsonb NOT NULL DEFAULT '[]',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- 02 create table payment_history
CREATE TABLE payment_history (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE RESTRICT,
    deposit_id uuid REFERENCES deposits (id) ON DELETE SET NULL,
    payment_id uuid REFERENCES payments (id) ON DELETE SET NULL,
    loyalty_points_id uuid,
    entry_type varchar(50) NOT NULL,
    amount numeric(10, 2) NOT NULL,
    currency varchar(3) NOT NULL DEFAULT 'USD',
    note text,
    recorded_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (entry_type IN ('deposit', 'payment', 'refund', 'adjustment'))
);

-- 03 create table sms_templates
CREATE TABLE sms_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    body varchar(1600) NOT NULL,
    variables_json jsonb NOT NULL DEFAULT '[]',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- 04 add column customers.preferences_json
ALTER TABLE customers ADD COLUMN preferences_json jsonb NOT NULL DEFAULT '{}';

-- 05 add column loyalty_points.last_payment_history_id
ALTER TABLE loyalty_points ADD COLUMN last_payment_history_id uuid;

-- 06 run @migrate
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

-- 07 add constraint loyalty_points.loyalty_points_last_payment_history_id_fkey
ALTER TABLE loyalty_points ADD CONSTRAINT loyalty_points_last_payment_history_id_fkey FOREIGN KEY (last_payment_history_id) REFERENCES payment_history (id) ON DELETE SET NULL;

-- 08 add constraint payment_history.payment_history_loyalty_points_id_fkey
ALTER TABLE payment_history ADD CONSTRAINT payment_history_loyalty_points_id_fkey FOREIGN KEY (loyalty_points_id) REFERENCES loyalty_points (id) ON DELETE SET NULL;

-- 09 create index idx_customers_preferences
CREATE INDEX idx_customers_preferences ON customers USING gin (preferences_json);

-- 10 create index idx_email_templates_admin
CREATE INDEX idx_email_templates_admin ON email_templates (created_by_admin_id);

-- 11 create index idx_loyalty_last_payment
CREATE INDEX idx_loyalty_last_payment ON loyalty_points (last_payment_history_id);

-- 12 create index idx_loyalty_trans_points
CREATE INDEX idx_loyalty_trans_points ON loyalty_transactions (loyalty_points_id);

-- 13 create index idx_payment_history_booking
CREATE INDEX idx_payment_history_booking ON payment_history (booking_id);

-- 14 create index idx_payment_history_deposit
CREATE INDEX idx_payment_history_deposit ON payment_history (deposit_id);

-- 15 create index idx_payment_history_payment
CREATE INDEX idx_payment_history_payment ON payment_history (payment_id);

-- 16 create index idx_payment_history_loyalty
CREATE INDEX idx_payment_history_loyalty ON payment_history (loyalty_points_id);

-- 17 create index idx_payment_history_admin
CREATE INDEX idx_payment_history_admin ON payment_history (recorded_by_admin_id);

-- 18 create index idx_payment_history_occurred
CREATE INDEX idx_payment_history_occurred ON payment_history (occurred_at);

-- 19 create index idx_sms_templates_admin
CREATE INDEX idx_sms_templates_admin ON sms_templates (created_by_admin_id);

-- 20 create function sms_templates_touch
CREATE FUNCTION sms_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 21 create function email_templates_touch
CREATE FUNCTION email_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 22 create trigger sms_templates_touch
CREATE TRIGGER sms_templates_touch BEFORE UPDATE ON sms_templates FOR EACH ROW EXECUTE FUNCTION sms_templates_touch();

-- 23 create trigger email_templates_touch
CREATE TRIGGER email_templates_touch BEFORE UPDATE ON email_templates FOR EACH ROW EXECUTE FUNCTION email_templates_touch();

-- 24 no payment is in the history twice
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "no payment is in the history twice" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT payment_id FROM payment_history
WHERE payment_id IS NOT NULL AND entry_type = 'payment'
GROUP BY payment_id HAVING count(*) > 1
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
