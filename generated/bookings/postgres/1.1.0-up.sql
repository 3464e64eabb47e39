-- bookings: from 1.0.0 to 1.1.0 (postgres)

BEGIN;

-- 01 create table admin_users
CREATE TABLE admin_users (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    password_hash varchar(255) NOT NULL,
    full_name varchar(255) NOT NULL,
    is_active boolean DEFAULT TRUE,
    is_superuser boolean DEFAULT FALSE,
    last_login_at timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- 02 create table roles
CREATE TABLE roles (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL UNIQUE,
    description text,
    permissions_json jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- 03 create table admin_user_roles
CREATE TABLE admin_user_roles (
    admin_user_id uuid REFERENCES admin_users (id) ON DELETE CASCADE,
    role_id uuid REFERENCES roles (id) ON DELETE CASCADE,
    assigned_at timestamptz DEFAULT now(),
    PRIMARY KEY (admin_user_id, role_id)
);

-- 04 create table locations
CREATE TABLE locations (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(255) NOT NULL,
    address_street varchar(255) NOT NULL,
    address_city varchar(100) NOT NULL,
    address_state varchar(2) NOT NULL,
    address_zip varchar(10) NOT NULL,
    phone varchar(20),
    email varchar(255),
    capacity integer DEFAULT 100,
    service_radius_miles numeric(5, 2) DEFAULT 30.0,
    base_travel_fee numeric(10, 2) DEFAULT 0.0,
    per_mile_fee numeric(10, 2) DEFAULT 2.0,
    is_active boolean DEFAULT TRUE,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

-- 05 create table booking_reminders
CREATE TABLE booking_reminders (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    reminder_type varchar(50) NOT NULL,
    scheduled_for timestamptz NOT NULL,
    sent_at timestamptz,
    status varchar(50) NOT NULL DEFAULT 'pending',
    message text,
    error_message text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CHECK (reminder_type IN ('email', 'sms', 'both')),
    CHECK (status IN ('pending', 'sent', 'failed', 'cancelled'))
);

-- 06 add column bookings.location_id
ALTER TABLE bookings ADD COLUMN location_id uuid;

-- 07 add column deposits.stripe_payment_method_id
ALTER TABLE deposits ADD COLUMN stripe_payment_method_id varchar(255);

-- 08 add column deposits.metadata_json
ALTER TABLE deposits ADD COLUMN metadata_json jsonb DEFAULT '{}';

-- 09 insert initial rows of roles
INSERT INTO roles (name, description, permissions_json) VALUES ('superuser', 'Full system access', '["*"]') ON CONFLICT (name) DO NOTHING;

-- 10 run @migrate
INSERT INTO admin_users (id, email, password_hash, full_name, is_active, is_superuser)
SELECT id, email, password_hash, full_name, is_active, TRUE FROM users WHERE role = 'owner';
INSERT INTO admin_user_roles (admin_user_id, role_id)
SELECT a.id, r.id FROM admin_users a JOIN roles r ON r.name = 'superuser'
WHERE a.is_superuser;
INSERT INTO locations (name, address_street, address_city, address_state, address_zip)
SELECT 'Main kitchen', 'to be filled in', 'to be filled in', 'CA', '00000'
WHERE EXISTS (SELECT 1 FROM bookings);
UPDATE bookings SET location_id = (SELECT id FROM locations WHERE name = 'Main kitchen');

-- 11 add constraint bookings.bookings_location_id_fkey
ALTER TABLE bookings ADD CONSTRAINT bookings_location_id_fkey FOREIGN KEY (location_id) REFERENCES locations (id) ON DELETE SET NULL;

-- 12 create index idx_admin_users_active
CREATE INDEX idx_admin_users_active ON admin_users (is_active);

-- 13 create index idx_reminders_booking
CREATE INDEX idx_reminders_booking ON booking_reminders (booking_id);

-- 14 create index idx_reminders_status
CREATE INDEX idx_reminders_status ON booking_reminders (status);

-- 15 create index idx_reminders_scheduled
CREATE INDEX idx_reminders_scheduled ON booking_reminders (scheduled_for) WHERE status = 'pending';

-- 16 create index idx_bookings_location
CREATE INDEX idx_bookings_location ON bookings (location_id);

-- 17 create index idx_deposits_booking
CREATE INDEX idx_deposits_booking ON deposits (booking_id);

-- 18 create index idx_deposits_status
CREATE INDEX idx_deposits_status ON deposits (status);

-- 19 create index idx_deposits_stripe_intent
CREATE INDEX idx_deposits_stripe_intent ON deposits (stripe_payment_intent_id);

-- 20 create index idx_locations_active
CREATE INDEX idx_locations_active ON locations (is_active);

-- 21 create index idx_locations_city_state
CREATE INDEX idx_locations_city_state ON locations (address_city, address_state);

-- 22 each owner can still get in
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "each owner can still get in" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT u.id FROM users u LEFT JOIN admin_users a ON a.email = u.email
WHERE u.role = 'owner' AND a.id IS NULL
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

-- 23 there is one role that may do everything
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "there is one role that may do everything" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT count(*) = 1 FROM roles WHERE name = 'superuser'
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
