-- bookings: from 1.8.0 to 1.9.0 (postgres)

BEGIN;

-- 01 create table group_reservations
CREATE TABLE group_reservations (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    organizer_customer_id uuid NOT NULL,
    location_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    group_name varchar(255) NOT NULL,
    expected_guests integer NOT NULL,
    discount_percent numeric(5, 2) NOT NULL DEFAULT 0,
    status varchar(50) NOT NULL DEFAULT 'planning',
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (expected_guests > 0),
    CHECK (discount_percent BETWEEN 0 AND 100),
    CHECK (status IN ('planning', 'confirmed', 'completed', 'cancelled'))
);

-- 02 create table communication_personalization
CREATE TABLE communication_personalization (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE CASCADE,
    customer_id uuid NOT NULL,
    variables_json jsonb NOT NULL DEFAULT '{}',
    preferred_hour smallint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (preferred_hour BETWEEN 0 AND 23),
    CONSTRAINT uq_comm_personalization UNIQUE (template_id, customer_id)
);

-- 03 create table communication_scheduling
CREATE TABLE communication_scheduling (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE RESTRICT,
    contact_list_id uuid REFERENCES contact_lists (id) ON DELETE CASCADE,
    customer_id uuid,
    scheduled_for timestamptz NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'pending',
    sent_count integer NOT NULL DEFAULT 0,
    error_message text,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'cancelled')),
    CONSTRAINT communication_scheduling_to CHECK (contact_list_id IS NOT NULL OR customer_id IS NOT NULL)
);

-- 04 create table customer_referrals
CREATE TABLE customer_referrals (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    referrer_customer_id uuid NOT NULL,
    referred_customer_id uuid UNIQUE,
    referred_email varchar(255) NOT NULL,
    status varchar(50) NOT NULL DEFAULT 'invited',
    loyalty_transaction_id uuid REFERENCES loyalty_transactions (id) ON DELETE SET NULL,
    invited_at timestamptz NOT NULL DEFAULT now(),
    rewarded_at timestamptz,
    CHECK (status IN ('invited', 'joined', 'rewarded', 'expired')),
    CONSTRAINT customer_referrals_not_oneself CHECK (referrer_customer_id <> referred_customer_id)
);

-- 05 add column bookings.group_id
ALTER TABLE bookings ADD COLUMN group_id uuid;

-- 06 add column customers.referral_code
ALTER TABLE customers ADD COLUMN referral_code varchar(20);

-- 07 run @migrate
UPDATE customers SET referral_code = upper(substr(replace(CAST(id AS text), '-', ''), 1, 20));

-- 08 add constraint customers.uq_customers_referral_code
ALTER TABLE customers ADD CONSTRAINT uq_customers_referral_code UNIQUE (referral_code);

-- 09 add constraint bookings.bookings_group_id_fkey
ALTER TABLE bookings ADD CONSTRAINT bookings_group_id_fkey FOREIGN KEY (group_id) REFERENCES group_reservations (id) ON DELETE SET NULL;

-- 10 add constraint communication_personalization.communication_personalization_customer_id_fkey
ALTER TABLE communication_personalization ADD CONSTRAINT communication_personalization_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;

-- 11 add constraint communication_scheduling.communication_scheduling_customer_id_fkey
ALTER TABLE communication_scheduling ADD CONSTRAINT communication_scheduling_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;

-- 12 add constraint customer_referrals.customer_referrals_referrer_customer_id_fkey
ALTER TABLE customer_referrals ADD CONSTRAINT customer_referrals_referrer_customer_id_fkey FOREIGN KEY (referrer_customer_id) REFERENCES customers (id) ON DELETE CASCADE;

-- 13 add constraint customer_referrals.customer_referrals_referred_customer_id_fkey
ALTER TABLE customer_referrals ADD CONSTRAINT customer_referrals_referred_customer_id_fkey FOREIGN KEY (referred_customer_id) REFERENCES customers (id) ON DELETE SET NULL;

-- 14 add constraint group_reservations.group_reservations_organizer_customer_id_fkey
ALTER TABLE group_reservations ADD CONSTRAINT group_reservations_organizer_customer_id_fkey FOREIGN KEY (organizer_customer_id) REFERENCES customers (id) ON DELETE RESTRICT;

-- 15 create index idx_bookings_group
CREATE INDEX idx_bookings_group ON bookings (group_id);

-- 16 create index idx_comm_personalization_customer
CREATE INDEX idx_comm_personalization_customer ON communication_personalization (customer_id);

-- 17 create index idx_comm_scheduling_template
CREATE INDEX idx_comm_scheduling_template ON communication_scheduling (template_id);

-- 18 create index idx_comm_scheduling_list
CREATE INDEX idx_comm_scheduling_list ON communication_scheduling (contact_list_id);

-- 19 create index idx_comm_scheduling_customer
CREATE INDEX idx_comm_scheduling_customer ON communication_scheduling (customer_id);

-- 20 create index idx_comm_scheduling_admin
CREATE INDEX idx_comm_scheduling_admin ON communication_scheduling (created_by_admin_id);

-- 21 create index idx_comm_scheduling_due
CREATE INDEX idx_comm_scheduling_due ON communication_scheduling (scheduled_for) WHERE status = 'pending';

-- 22 create index idx_referrals_referrer
CREATE INDEX idx_referrals_referrer ON customer_referrals (referrer_customer_id);

-- 23 create index idx_referrals_transaction
CREATE INDEX idx_referrals_transaction ON customer_referrals (loyalty_transaction_id);

-- 24 create index idx_referrals_email
CREATE INDEX idx_referrals_email ON customer_referrals (referred_email);

-- 25 create index idx_group_reservations_organizer
CREATE INDEX idx_group_reservations_organizer ON group_reservations (organizer_customer_id);

-- 26 create index idx_group_reservations_location
CREATE INDEX idx_group_reservations_location ON group_reservations (location_id);

-- 27 create function communication_scheduling_touch
CREATE FUNCTION communication_scheduling_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 28 create function communication_personalization_touch
CREATE FUNCTION communication_personalization_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 29 create function group_reservations_touch
CREATE FUNCTION group_reservations_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 30 create trigger communication_scheduling_touch
CREATE TRIGGER communication_scheduling_touch BEFORE UPDATE ON communication_scheduling FOR EACH ROW EXECUTE FUNCTION communication_scheduling_touch();

-- 31 create trigger communication_personalization_touch
CREATE TRIGGER communication_personalization_touch BEFORE UPDATE ON communication_personalization FOR EACH ROW EXECUTE FUNCTION communication_personalization_touch();

-- 32 create trigger group_reservations_touch
CREATE TRIGGER group_reservations_touch BEFORE UPDATE ON group_reservations FOR EACH ROW EXECUTE FUNCTION group_reservations_touch();

-- 33 codes are as people type them
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "codes are as people type them" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id FROM customers WHERE referral_code <> upper(referral_code)
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
