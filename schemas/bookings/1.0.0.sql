-- @schema bookings
--
-- A caterer that cooks at its customers' homes, as it stands before the first sprint: people,
-- what they book, and how they pay.  Deposits are taken by hand already, so that the table is
-- there, but without the two columns that sprint 1 wants.

CREATE TABLE users (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email         VARCHAR(255) NOT NULL UNIQUE,
    password_hash VARCHAR(255) NOT NULL,
    full_name     VARCHAR(255) NOT NULL,
    phone         VARCHAR(20),
    role          VARCHAR(50) NOT NULL DEFAULT 'staff'
        CHECK (role IN ('owner', 'manager', 'staff', 'chef')),
    is_active     BOOLEAN NOT NULL DEFAULT TRUE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at    TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE TABLE customers (
    id            UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    email         VARCHAR(255) NOT NULL UNIQUE,
    first_name    VARCHAR(100) NOT NULL,
    last_name     VARCHAR(100) NOT NULL,
    phone         VARCHAR(20),
    dietary_notes TEXT,
    email_consent BOOLEAN NOT NULL DEFAULT TRUE,
    sms_consent   BOOLEAN NOT NULL DEFAULT FALSE,
    created_at    TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at    TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_customers_phone ON customers (phone);
CREATE INDEX idx_customers_name ON customers (last_name, first_name);

CREATE TABLE service_packages (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    code            VARCHAR(50) NOT NULL UNIQUE,
    name            VARCHAR(255) NOT NULL,
    description     TEXT,
    price_per_adult DECIMAL(10,2) NOT NULL CHECK (price_per_adult >= 0),
    price_per_child DECIMAL(10,2) NOT NULL DEFAULT 0 CHECK (price_per_child >= 0),
    minimum_guests  INT NOT NULL DEFAULT 10,
    is_active       BOOLEAN NOT NULL DEFAULT TRUE,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at      TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE TABLE bookings (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id      UUID NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    package_id       UUID REFERENCES service_packages (id) ON DELETE SET NULL,
    chef_id          UUID REFERENCES users (id) ON DELETE SET NULL,
    event_date       DATE NOT NULL,
    event_time       TIME NOT NULL,
    guest_count      INT NOT NULL CHECK (guest_count > 0),
    venue_street     VARCHAR(255) NOT NULL,
    venue_city       VARCHAR(100) NOT NULL,
    venue_state      VARCHAR(2) NOT NULL,
    venue_zip        VARCHAR(10) NOT NULL,
    status           VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'confirmed', 'completed', 'cancelled', 'no_show')),
    special_requests TEXT,
    total_amount     DECIMAL(10,2) NOT NULL DEFAULT 0 CHECK (total_amount >= 0),
    created_at       TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at       TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_bookings_customer ON bookings (customer_id);
CREATE INDEX idx_bookings_package ON bookings (package_id);
CREATE INDEX idx_bookings_chef ON bookings (chef_id, event_date);
CREATE INDEX idx_bookings_event ON bookings (event_date, event_time);
CREATE INDEX idx_bookings_status ON bookings (status);

CREATE TABLE payment_methods (
    id                       UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id              UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    method_type              VARCHAR(50) NOT NULL
        CONSTRAINT payment_methods_type
        CHECK (method_type IN ('card', 'cash', 'venmo', 'zelle')),
    stripe_payment_method_id VARCHAR(255) UNIQUE,
    card_brand               VARCHAR(50),
    card_last4               VARCHAR(4),
    is_default               BOOLEAN NOT NULL DEFAULT FALSE,
    created_at               TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at               TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_payment_methods_customer ON payment_methods (customer_id);
-- One default for each customer at most.
CREATE UNIQUE INDEX uq_payment_methods_default ON payment_methods (customer_id)
    WHERE is_default;

CREATE TABLE payments (
    id                       UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id               UUID NOT NULL REFERENCES bookings (id) ON DELETE RESTRICT,
    payment_method_id        UUID REFERENCES payment_methods (id) ON DELETE SET NULL,
    amount                   DECIMAL(10,2) NOT NULL CHECK (amount > 0),
    currency                 VARCHAR(3) NOT NULL DEFAULT 'USD',
    status                   VARCHAR(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'succeeded', 'failed', 'refunded')),
    stripe_payment_intent_id VARCHAR(255) UNIQUE,
    paid_at                  TIMESTAMPTZ,
    created_at               TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at               TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_payments_booking ON payments (booking_id);
CREATE INDEX idx_payments_method ON payments (payment_method_id);
CREATE INDEX idx_payments_paid_at ON payments (paid_at);

CREATE TABLE deposits (
    id                       UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    -- @lint off foreign-key-without-index "1.1.0 brings the indexes"
    booking_id               UUID NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    amount                   DECIMAL(10,2) NOT NULL,
    currency                 VARCHAR(3) DEFAULT 'USD',
    status                   VARCHAR(50) NOT NULL DEFAULT 'pending'
        -- @lint off check-values-differ "a deposit is paid back, a booking takes place"
        CHECK (status IN ('pending', 'confirmed', 'failed', 'refunded', 'cancelled')),
    stripe_payment_intent_id VARCHAR(255),
    paid_at                  TIMESTAMPTZ,
    refunded_at              TIMESTAMPTZ,
    cancelled_at             TIMESTAMPTZ,
    failure_reason           TEXT,
    created_at               TIMESTAMPTZ DEFAULT NOW(),
    updated_at               TIMESTAMPTZ DEFAULT NOW()
);

-- Sprint 0: what is finished is switched on for a share of the visitors first.
CREATE TABLE feature_flags (
    flag_key        VARCHAR(100) PRIMARY KEY,
    description     TEXT,
    is_enabled      BOOLEAN NOT NULL DEFAULT FALSE,
    rollout_percent INT NOT NULL DEFAULT 0 CHECK (rollout_percent BETWEEN 0 AND 100),
    updated_at      TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

INSERT INTO feature_flags (flag_key, description) VALUES
    ('multi_location', 'More than one kitchen'),
    ('recurring_bookings', 'Bookings that repeat'),
    ('loyalty_points', 'Points for guests who come again');
