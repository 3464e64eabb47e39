-- bookings: from 1.1.0 to 1.2.0 (postgres)

BEGIN;

-- 01 create table admin_config
CREATE TABLE admin_config (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    config_key varchar(255) NOT NULL UNIQUE,
    config_value text NOT NULL,
    value_type varchar(50) NOT NULL,
    description text,
    is_system boolean DEFAULT FALSE,
    updated_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (value_type IN ('string', 'number', 'boolean', 'json'))
);

-- 02 create table recurring_bookings
CREATE TABLE recurring_bookings (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    recurrence_pattern varchar(50) NOT NULL,
    start_date date NOT NULL,
    end_date date,
    max_occurrences integer,
    booking_template_json jsonb NOT NULL,
    is_active boolean DEFAULT TRUE,
    created_bookings_count integer DEFAULT 0,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (recurrence_pattern IN ('weekly', 'biweekly', 'monthly'))
);

-- 03 create table loyalty_points
CREATE TABLE loyalty_points (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    points integer NOT NULL DEFAULT 0,
    points_earned integer DEFAULT 0,
    points_redeemed integer DEFAULT 0,
    tier varchar(50) DEFAULT 'bronze',
    last_earned_at timestamptz,
    last_redeemed_at timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (tier IN ('bronze', 'silver', 'gold', 'platinum'))
);

-- 04 create table loyalty_transactions
CREATE TABLE loyalty_transactions (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    loyalty_points_id uuid NOT NULL REFERENCES loyalty_points (id) ON DELETE CASCADE,
    points_change integer NOT NULL,
    reason varchar(255) NOT NULL,
    booking_id uuid REFERENCES bookings (id) ON DELETE SET NULL,
    created_at timestamptz DEFAULT now()
);

-- 05 add column bookings.recurrence_id
ALTER TABLE bookings ADD COLUMN recurrence_id uuid;

-- 06 insert initial rows of admin_config
INSERT INTO admin_config (config_key, config_value, value_type, description, is_system) VALUES ('loyalty.points_per_dollar', '1', 'number', 'Points earned by each dollar paid', TRUE) ON CONFLICT (config_key) DO NOTHING;
INSERT INTO admin_config (config_key, config_value, value_type, description, is_system) VALUES ('booking.max_occurrences', '52', 'number', 'How often a booking may repeat', TRUE) ON CONFLICT (config_key) DO NOTHING;

-- 07 run @migrate
INSERT INTO loyalty_points (customer_id, points, points_earned)
SELECT c.id, 100 * count(b.id), 100 * count(b.id)
FROM customers c LEFT JOIN bookings b ON b.customer_id = c.id AND b.status = 'completed'
GROUP BY c.id;
INSERT INTO loyalty_transactions (customer_id, loyalty_points_id, points_change, reason, booking_id)
SELECT l.customer_id, l.id, 100, 'booked before points were counted', b.id
FROM loyalty_points l
    JOIN bookings b ON b.customer_id = l.customer_id AND b.status = 'completed';

-- 08 add constraint bookings.bookings_recurrence_id_fkey
ALTER TABLE bookings ADD CONSTRAINT bookings_recurrence_id_fkey FOREIGN KEY (recurrence_id) REFERENCES recurring_bookings (id) ON DELETE SET NULL;

-- 09 create index idx_admin_config_system
CREATE INDEX idx_admin_config_system ON admin_config (is_system);

-- 10 create index idx_bookings_recurrence
CREATE INDEX idx_bookings_recurrence ON bookings (recurrence_id);

-- 11 create index idx_loyalty_customer
CREATE INDEX idx_loyalty_customer ON loyalty_points (customer_id);

-- 12 create index idx_loyalty_tier
CREATE INDEX idx_loyalty_tier ON loyalty_points (tier);

-- 13 create index idx_loyalty_trans_customer
CREATE INDEX idx_loyalty_trans_customer ON loyalty_transactions (customer_id);

-- 14 create index idx_loyalty_trans_booking
CREATE INDEX idx_loyalty_trans_booking ON loyalty_transactions (booking_id);

-- 15 create index idx_recurring_customer
CREATE INDEX idx_recurring_customer ON recurring_bookings (customer_id);

-- 16 create index idx_recurring_active
CREATE INDEX idx_recurring_active ON recurring_bookings (is_active);

-- 17 an account holds what its transactions add up to
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "an account holds what its transactions add up to" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT l.id
FROM loyalty_points l LEFT JOIN loyalty_transactions t ON t.loyalty_points_id = l.id
GROUP BY l.id, l.points
HAVING l.points <> coalesce(sum(t.points_change), 0)
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
