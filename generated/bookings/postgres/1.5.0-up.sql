-- bookings: from 1.4.0 to 1.5.0 (postgres)

BEGIN;

-- 01 create table admin_booking_overrides
CREATE TABLE admin_booking_overrides (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE RESTRICT,
    field_name varchar(100) NOT NULL,
    old_value text,
    new_value text,
    reason text NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- 02 create table admin_notifications
CREATE TABLE admin_notifications (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    admin_user_id uuid NOT NULL REFERENCES admin_users (id) ON DELETE CASCADE,
    notification_type varchar(100) NOT NULL,
    severity varchar(20) NOT NULL DEFAULT 'info',
    title varchar(255) NOT NULL,
    body text,
    link_path varchar(500),
    read_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (severity IN ('info', 'warning', 'critical'))
);

-- 03 create table communication_templates
CREATE TABLE communication_templates (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_key varchar(100) NOT NULL,
    channel varchar(50) NOT NULL,
    locale varchar(10) NOT NULL DEFAULT 'en-US',
    subject varchar(255),
    body text NOT NULL,
    variables_json jsonb NOT NULL DEFAULT '[]',
    is_active boolean NOT NULL DEFAULT TRUE,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (channel IN ('email', 'sms', 'push')),
    CONSTRAINT uq_communication_templates UNIQUE (template_key, channel, locale),
    CONSTRAINT communication_templates_subject CHECK (channel <> 'email' OR subject IS NOT NULL)
);

-- 04 add column customers.export_history_json
ALTER TABLE customers ADD COLUMN export_history_json jsonb NOT NULL DEFAULT '[]';

-- 05 add column deposits.payment_history_id
ALTER TABLE deposits ADD COLUMN payment_history_id uuid;

-- 06 add column payment_history.fee_amount
ALTER TABLE payment_history ADD COLUMN fee_amount numeric(10, 2) NOT NULL DEFAULT 0;

-- 07 add column payment_history.net_amount
ALTER TABLE payment_history ADD COLUMN net_amount numeric(10, 2) GENERATED ALWAYS AS (amount - fee_amount) STORED;

-- 08 add column payment_history.report_category
ALTER TABLE payment_history ADD COLUMN report_category varchar(50) NOT NULL DEFAULT 'revenue';

-- 09 add column payment_history.exported_at
ALTER TABLE payment_history ADD COLUMN exported_at timestamptz;

-- 10 fill payment_history.report_category
UPDATE payment_history SET report_category = CASE entry_type WHEN 'deposit' THEN 'liability' WHEN 'refund' THEN 'refund' ELSE 'revenue' END;

-- 11 run @migrate
UPDATE deposits SET payment_history_id = (
    SELECT h.id FROM payment_history h WHERE h.deposit_id = deposits.id
    ORDER BY h.occurred_at, h.id LIMIT 1);

-- 12 add constraint payment_history.payment_history_fee_amount_check
ALTER TABLE payment_history ADD CONSTRAINT payment_history_fee_amount_check CHECK (fee_amount >= 0);

-- 13 add constraint payment_history.payment_history_report_category_check
ALTER TABLE payment_history ADD CONSTRAINT payment_history_report_category_check CHECK (report_category IN ('revenue', 'liability', 'refund'));

-- 14 add constraint deposits.deposits_payment_history_id_fkey
ALTER TABLE deposits ADD CONSTRAINT deposits_payment_history_id_fkey FOREIGN KEY (payment_history_id) REFERENCES payment_history (id) ON DELETE SET NULL;

-- 15 create index idx_overrides_booking
CREATE INDEX idx_overrides_booking ON admin_booking_overrides (booking_id);

-- 16 create index idx_overrides_admin
CREATE INDEX idx_overrides_admin ON admin_booking_overrides (admin_user_id);

-- 17 create index idx_admin_notifications_admin
CREATE INDEX idx_admin_notifications_admin ON admin_notifications (admin_user_id, created_at);

-- 18 create index idx_admin_notifications_unread
CREATE INDEX idx_admin_notifications_unread ON admin_notifications (admin_user_id) WHERE read_at IS NULL;

-- 19 create index idx_communication_templates_admin
CREATE INDEX idx_communication_templates_admin ON communication_templates (created_by_admin_id);

-- 20 create index idx_deposits_payment_history
CREATE INDEX idx_deposits_payment_history ON deposits (payment_history_id);

-- 21 create index idx_payment_history_report
CREATE INDEX idx_payment_history_report ON payment_history (report_category, occurred_at);

-- 22 create index idx_payment_history_unexported
CREATE INDEX idx_payment_history_unexported ON payment_history (occurred_at) WHERE exported_at IS NULL;

-- 23 create view payment_report_monthly
CREATE VIEW payment_report_monthly AS
SELECT date_trunc('month', occurred_at) AS month, report_category, currency, count(*) AS entries, sum(amount) AS gross_amount, sum(fee_amount) AS fee_amount, sum(net_amount) AS net_amount
FROM payment_history
GROUP BY date_trunc('month', occurred_at), report_category, currency;

-- 24 create function communication_templates_touch
CREATE FUNCTION communication_templates_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 25 create trigger communication_templates_touch
CREATE TRIGGER communication_templates_touch BEFORE UPDATE ON communication_templates FOR EACH ROW EXECUTE FUNCTION communication_templates_touch();

-- 26 a deposit and its line in the history are about one booking
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "a deposit and its line in the history are about one booking" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT d.id FROM deposits d JOIN payment_history h ON h.id = d.payment_history_id
WHERE h.booking_id <> d.booking_id
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
