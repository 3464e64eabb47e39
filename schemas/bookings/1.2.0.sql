-- @schema bookings
-- @extends 1.1.0
--
-- Sprint 2: loyalty points, bookings that repeat, settings.  Points know nothing of payments
-- yet: the history of payments comes with the next sprint, and with it what leads there.

CREATE TABLE loyalty_points (
    id               UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id      UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    points           INT NOT NULL DEFAULT 0,
    points_earned    INT DEFAULT 0,
    points_redeemed  INT DEFAULT 0,
    tier             VARCHAR(50) DEFAULT 'bronze'
        CHECK (tier IN ('bronze', 'silver', 'gold', 'platinum')),
    last_earned_at   TIMESTAMPTZ,
    last_redeemed_at TIMESTAMPTZ,
    created_at       TIMESTAMPTZ DEFAULT NOW(),
    updated_at       TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_loyalty_customer ON loyalty_points (customer_id);
CREATE INDEX idx_loyalty_tier ON loyalty_points (tier);

CREATE TABLE loyalty_transactions (
    id                UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id       UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    -- @lint off foreign-key-without-index "1.3.0 brings the index"
    loyalty_points_id UUID NOT NULL REFERENCES loyalty_points (id) ON DELETE CASCADE,
    points_change     INT NOT NULL, -- earned above zero, redeemed below
    reason            VARCHAR(255) NOT NULL,
    booking_id        UUID REFERENCES bookings (id) ON DELETE SET NULL,
    created_at        TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_loyalty_trans_customer ON loyalty_transactions (customer_id);
CREATE INDEX idx_loyalty_trans_booking ON loyalty_transactions (booking_id);

CREATE TABLE recurring_bookings (
    id                     UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id            UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    recurrence_pattern     VARCHAR(50) NOT NULL
        CHECK (recurrence_pattern IN ('weekly', 'biweekly', 'monthly')),
    start_date             DATE NOT NULL,
    end_date               DATE,
    max_occurrences        INT,
    booking_template_json  JSONB NOT NULL, -- what each booking begins as
    is_active              BOOLEAN DEFAULT TRUE,
    created_bookings_count INT DEFAULT 0,
    created_at             TIMESTAMPTZ DEFAULT NOW(),
    updated_at             TIMESTAMPTZ DEFAULT NOW()
);

ALTER TABLE bookings
    ADD COLUMN recurrence_id UUID REFERENCES recurring_bookings (id) ON DELETE SET NULL;

CREATE INDEX idx_recurring_customer ON recurring_bookings (customer_id);
CREATE INDEX idx_recurring_active ON recurring_bookings (is_active);
CREATE INDEX idx_bookings_recurrence ON bookings (recurrence_id);

CREATE TABLE admin_config (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    config_key          VARCHAR(255) NOT NULL UNIQUE,
    config_value        TEXT NOT NULL,
    value_type          VARCHAR(50) NOT NULL
        CHECK (value_type IN ('string', 'number', 'boolean', 'json')),
    description         TEXT,
    is_system           BOOLEAN DEFAULT FALSE, -- may not be deleted
    -- @lint off foreign-key-without-index "a few dozen rows, read whole"
    updated_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at          TIMESTAMPTZ DEFAULT NOW(),
    updated_at          TIMESTAMPTZ DEFAULT NOW()
);

CREATE INDEX idx_admin_config_system ON admin_config (is_system);

INSERT INTO admin_config (config_key, config_value, value_type, description, is_system)
VALUES
    ('loyalty.points_per_dollar', '1', 'number', 'Points earned by each dollar paid', TRUE),
    ('booking.max_occurrences', '52', 'number', 'How often a booking may repeat', TRUE);

-- Each customer has an account; what was eaten before counts a hundred points a time.
-- @migrate
INSERT INTO loyalty_points (customer_id, points, points_earned)
SELECT c.id, 100 * count(b.id), 100 * count(b.id)
FROM customers c LEFT JOIN bookings b ON b.customer_id = c.id AND b.status = 'completed'
GROUP BY c.id;

INSERT INTO loyalty_transactions (customer_id, loyalty_points_id, points_change, reason, booking_id)
SELECT l.customer_id, l.id, 100, 'booked before points were counted', b.id
FROM loyalty_points l
    JOIN bookings b ON b.customer_id = l.customer_id AND b.status = 'completed';
-- @end

-- @verify "an account holds what its transactions add up to"
SELECT l.id
FROM loyalty_points l LEFT JOIN loyalty_transactions t ON t.loyalty_points_id = l.id
GROUP BY l.id, l.points
HAVING l.points <> coalesce(sum(t.points_change), 0);
-- @end
