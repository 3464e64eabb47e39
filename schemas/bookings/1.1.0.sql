-- @schema bookings
-- @extends 1.0.0
--
-- Sprint 1: several kitchens, administrators and their roles, reminders, deposits in full.
-- The address of an administrator and the name of a role are unique, and so have their indexes.

CREATE TABLE locations (
    id                   UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name                 VARCHAR(255) NOT NULL,
    address_street       VARCHAR(255) NOT NULL,
    address_city         VARCHAR(100) NOT NULL,
    address_state        VARCHAR(2) NOT NULL,
    address_zip          VARCHAR(10) NOT NULL,
    phone                VARCHAR(20),
    email                VARCHAR(255),
    capacity             INT DEFAULT 100,
    service_radius_miles DECIMAL(5,2) DEFAULT 30.0,
    base_travel_fee      DECIMAL(10,2) DEFAULT 0.0,
    per_mile_fee         DECIMAL(10,2) DEFAULT 2.0,
    is_active            BOOLEAN DEFAULT TRUE,
    created_at           TIMESTAMPTZ DEFAULT NOW(),
    updated_at           TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_locations_active ON locations (is_active);
CREATE INDEX idx_locations_city_state ON locations (address_city, address_state);

ALTER TABLE bookings
    ADD COLUMN location_id UUID REFERENCES locations (id) ON DELETE SET NULL;

CREATE INDEX idx_bookings_location ON bookings (location_id);

CREATE TABLE roles (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name             VARCHAR(100) NOT NULL UNIQUE,
    description      TEXT,
    permissions_json JSONB NOT NULL DEFAULT '[]',
    created_at       TIMESTAMPTZ DEFAULT NOW(),
    updated_at       TIMESTAMPTZ DEFAULT NOW()
);

INSERT INTO roles (name, description, permissions_json) VALUES
    ('superuser', 'Full system access', '["*"]');

CREATE TABLE admin_users (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email         VARCHAR(255) NOT NULL UNIQUE,
    password_hash VARCHAR(255) NOT NULL,
    full_name     VARCHAR(255) NOT NULL,
    is_active     BOOLEAN DEFAULT TRUE,
    is_superuser  BOOLEAN DEFAULT FALSE,
    last_login_at TIMESTAMPTZ,
    created_at    TIMESTAMPTZ DEFAULT NOW(),
    updated_at    TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_admin_users_active ON admin_users (is_active);

CREATE TABLE admin_user_roles (
    admin_user_id UUID REFERENCES admin_users (id) ON DELETE CASCADE,
    -- @lint off foreign-key-without-index "a handful of roles, and none is ever deleted"
    role_id       UUID REFERENCES roles (id) ON DELETE CASCADE,
    assigned_at   TIMESTAMPTZ DEFAULT NOW(),
    PRIMARY KEY (admin_user_id, role_id)
);

CREATE TABLE booking_reminders (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id    UUID NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    reminder_type VARCHAR(50) NOT NULL CHECK (reminder_type IN ('email', 'sms', 'both')),
    scheduled_for TIMESTAMPTZ NOT NULL,
    sent_at       TIMESTAMPTZ,
    status        VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'sent', 'failed', 'cancelled')),
    message       TEXT,
    error_message TEXT,
    created_at    TIMESTAMPTZ DEFAULT NOW(),
    updated_at    TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_reminders_booking ON booking_reminders (booking_id);
CREATE INDEX idx_reminders_status ON booking_reminders (status);
CREATE INDEX idx_reminders_scheduled ON booking_reminders (scheduled_for)
    WHERE status = 'pending';

ALTER TABLE deposits
    ADD COLUMN stripe_payment_method_id VARCHAR(255),
    ADD COLUMN metadata_json JSONB DEFAULT '{}';

CREATE INDEX idx_deposits_booking ON deposits (booking_id);
CREATE INDEX idx_deposits_status ON deposits (status);
CREATE INDEX idx_deposits_stripe_intent ON deposits (stripe_payment_intent_id);

-- Who owned the place administers it; and one kitchen cooked all that was booked so far.
-- @migrate
INSERT INTO admin_users (id, email, password_hash, full_name, is_active, is_superuser)
SELECT id, email, password_hash, full_name, is_active, TRUE FROM users WHERE role = 'owner';

INSERT INTO admin_user_roles (admin_user_id, role_id)
SELECT a.id, r.id FROM admin_users a JOIN roles r ON r.name = 'superuser'
WHERE a.is_superuser;

INSERT INTO locations (name, address_street, address_city, address_state, address_zip)
SELECT 'Main kitchen', 'to be filled in', 'to be filled in', 'CA', '00000'
WHERE EXISTS (SELECT 1 FROM bookings);

UPDATE bookings SET location_id = (SELECT id FROM locations WHERE name = 'Main kitchen');
-- @end

-- @verify "each owner can still get in"
SELECT u.id FROM users u LEFT JOIN admin_users a ON a.email = u.email
WHERE u.role = 'owner' AND a.id IS NULL;
-- @end

-- @verify "there is one role that may do everything"
SELECT count(*) = 1 FROM roles WHERE name = 'superuser';
-- @end
