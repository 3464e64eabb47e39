-- bookings: from 1.6.0 to 1.7.0 (postgres)

BEGIN;

-- before: stop where payment_methods has rows that break the check (payment_methods_type)
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "payment_methods has rows that break the check (payment_methods_" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id FROM payment_methods WHERE NOT (method_type IN ('card', 'cash', 'venmo', 'zelle', 'bank_account'))
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- before: stop where payment_methods has rows that break the check (payment_methods_plaid)
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "payment_methods has rows that break the check (payment_methods_" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT id FROM payment_methods WHERE NOT (method_type <> 'bank_account' OR CAST(NULL AS varchar(255)) IS NOT NULL)
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 01 drop constraint payment_methods.payment_methods_type
ALTER TABLE payment_methods DROP CONSTRAINT payment_methods_type;

-- 02 create table customer_merge_log
CREATE TABLE customer_merge_log (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    surviving_customer_id uuid NOT NULL,
    merged_customer_id uuid NOT NULL,
    merged_email varchar(255) NOT NULL,
    merged_record_json jsonb NOT NULL,
    moved_bookings integer NOT NULL DEFAULT 0,
    merged_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    merged_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
);

-- 03 create table booking_waitlist
CREATE TABLE booking_waitlist (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    location_id uuid REFERENCES locations (id) ON DELETE SET NULL,
    desired_date date NOT NULL,
    desired_time time,
    guest_count integer NOT NULL,
    priority integer NOT NULL DEFAULT 0,
    status varchar(50) NOT NULL DEFAULT 'waiting',
    offered_at timestamptz,
    offer_expires_at timestamptz,
    converted_booking_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (guest_count > 0),
    CHECK (status IN ('waiting', 'offered', 'booked', 'expired', 'cancelled')),
    CONSTRAINT booking_waitlist_offer CHECK (offer_expires_at > offered_at)
);

-- 04 add column bookings.waitlist_id
ALTER TABLE bookings ADD COLUMN waitlist_id uuid;

-- 05 add column customers.merge_log_id
ALTER TABLE customers ADD COLUMN merge_log_id uuid;

-- 06 add column payment_methods.plaid_account_id
ALTER TABLE payment_methods ADD COLUMN plaid_account_id varchar(255);

-- 07 add column payment_methods.plaid_item_id
ALTER TABLE payment_methods ADD COLUMN plaid_item_id varchar(255);

-- 08 add column payment_methods.plaid_access_token_encrypted
ALTER TABLE payment_methods ADD COLUMN plaid_access_token_encrypted text;

-- 09 add column payment_methods.plaid_institution_name
ALTER TABLE payment_methods ADD COLUMN plaid_institution_name varchar(255);

-- 10 add column payment_methods.plaid_verified_at
ALTER TABLE payment_methods ADD COLUMN plaid_verified_at timestamptz;

-- 11 add constraint payment_methods.payment_methods_type
ALTER TABLE payment_methods ADD CONSTRAINT payment_methods_type CHECK (method_type IN ('card', 'cash', 'venmo', 'zelle', 'bank_account'));

-- 12 add constraint payment_methods.payment_methods_plaid_account_id_key
ALTER TABLE payment_methods ADD CONSTRAINT payment_methods_plaid_account_id_key UNIQUE (plaid_account_id);

-- 13 add constraint payment_methods.payment_methods_plaid
ALTER TABLE payment_methods ADD CONSTRAINT payment_methods_plaid CHECK (method_type <> 'bank_account' OR plaid_account_id IS NOT NULL);

-- 14 add constraint booking_waitlist.booking_waitlist_converted_booking_id_fkey
ALTER TABLE booking_waitlist ADD CONSTRAINT booking_waitlist_converted_booking_id_fkey FOREIGN KEY (converted_booking_id) REFERENCES bookings (id) ON DELETE SET NULL;

-- 15 add constraint bookings.bookings_waitlist_id_fkey
ALTER TABLE bookings ADD CONSTRAINT bookings_waitlist_id_fkey FOREIGN KEY (waitlist_id) REFERENCES booking_waitlist (id) ON DELETE SET NULL;

-- 16 add constraint customer_merge_log.customer_merge_log_surviving_customer_id_fkey
ALTER TABLE customer_merge_log ADD CONSTRAINT customer_merge_log_surviving_customer_id_fkey FOREIGN KEY (surviving_customer_id) REFERENCES customers (id) ON DELETE CASCADE;

-- 17 add constraint customers.customers_merge_log_id_fkey
ALTER TABLE customers ADD CONSTRAINT customers_merge_log_id_fkey FOREIGN KEY (merge_log_id) REFERENCES customer_merge_log (id) ON DELETE SET NULL;

-- 18 create index idx_waitlist_customer
CREATE INDEX idx_waitlist_customer ON booking_waitlist (customer_id);

-- 19 create index idx_waitlist_location
CREATE INDEX idx_waitlist_location ON booking_waitlist (location_id);

-- 20 create index idx_waitlist_booking
CREATE INDEX idx_waitlist_booking ON booking_waitlist (converted_booking_id);

-- 21 create index idx_waitlist_next
CREATE INDEX idx_waitlist_next ON booking_waitlist (desired_date, priority DESC, created_at) WHERE status = 'waiting';

-- 22 create index idx_bookings_waitlist
CREATE INDEX idx_bookings_waitlist ON bookings (waitlist_id);

-- 23 create index idx_customer_merge_survivor
CREATE INDEX idx_customer_merge_survivor ON customer_merge_log (surviving_customer_id);

-- 24 create index idx_customer_merge_merged
CREATE INDEX idx_customer_merge_merged ON customer_merge_log (merged_customer_id);

-- 25 create index idx_customer_merge_admin
CREATE INDEX idx_customer_merge_admin ON customer_merge_log (merged_by_admin_id);

-- 26 create index idx_customers_merge_log
CREATE INDEX idx_customers_merge_log ON customers (merge_log_id);

-- 27 create index idx_payment_methods_plaid_item
CREATE INDEX idx_payment_methods_plaid_item ON payment_methods (plaid_item_id);

-- 28 create function booking_waitlist_touch
CREATE FUNCTION booking_waitlist_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 29 create trigger booking_waitlist_touch
CREATE TRIGGER booking_waitlist_touch BEFORE UPDATE ON booking_waitlist FOR EACH ROW EXECUTE FUNCTION booking_waitlist_touch();

-- 30 nobody was merged into a customer who had been merged away
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "nobody was merged into a customer who had been merged away" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT l.id FROM customer_merge_log l
WHERE l.undone_at IS NULL AND l.surviving_customer_id = l.merged_customer_id
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
