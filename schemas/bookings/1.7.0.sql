-- @schema bookings
-- @extends 1.6.0
--
-- Sprint 7: two records of one customer become one, bank accounts by Plaid, the waiting list.

CREATE TABLE customer_merge_log (
    id                    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    surviving_customer_id UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    merged_customer_id    UUID NOT NULL, -- is no more
    merged_email          VARCHAR(255) NOT NULL,
    merged_record_json    JSONB NOT NULL,
    moved_bookings        INT NOT NULL DEFAULT 0,
    merged_by_admin_id    UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    merged_at             TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    undone_at             TIMESTAMPTZ
);

CREATE INDEX idx_customer_merge_survivor ON customer_merge_log (surviving_customer_id);
CREATE INDEX idx_customer_merge_merged ON customer_merge_log (merged_customer_id);
CREATE INDEX idx_customer_merge_admin ON customer_merge_log (merged_by_admin_id);

ALTER TABLE customers
    ADD COLUMN merge_log_id UUID REFERENCES customer_merge_log (id) ON DELETE SET NULL;

CREATE INDEX idx_customers_merge_log ON customers (merge_log_id);

ALTER TABLE payment_methods
    DROP CONSTRAINT payment_methods_type,
    ADD CONSTRAINT payment_methods_type
        CHECK (method_type IN ('card', 'cash', 'venmo', 'zelle', 'bank_account')),
    ADD COLUMN plaid_account_id VARCHAR(255) UNIQUE,
    ADD COLUMN plaid_item_id VARCHAR(255),
    ADD COLUMN plaid_access_token_encrypted TEXT,
    ADD COLUMN plaid_institution_name VARCHAR(255),
    ADD COLUMN plaid_verified_at TIMESTAMPTZ,
    ADD CONSTRAINT payment_methods_plaid
        CHECK (method_type <> 'bank_account' OR plaid_account_id IS NOT NULL);

CREATE INDEX idx_payment_methods_plaid_item ON payment_methods (plaid_item_id);

CREATE TABLE booking_waitlist (
    id                   UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id          UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    location_id          UUID REFERENCES locations (id) ON DELETE SET NULL,
    desired_date         DATE NOT NULL,
    desired_time         TIME,
    guest_count          INT NOT NULL CHECK (guest_count > 0),
    priority             INT NOT NULL DEFAULT 0,
    status               VARCHAR(50) NOT NULL DEFAULT 'waiting'
        CHECK (status IN ('waiting', 'offered', 'booked', 'expired', 'cancelled')),
    offered_at           TIMESTAMPTZ,
    offer_expires_at     TIMESTAMPTZ,
    converted_booking_id UUID REFERENCES bookings (id) ON DELETE SET NULL,
    created_at           TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at           TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT booking_waitlist_offer CHECK (offer_expires_at > offered_at)
);

CREATE INDEX idx_waitlist_customer ON booking_waitlist (customer_id);
CREATE INDEX idx_waitlist_location ON booking_waitlist (location_id);
CREATE INDEX idx_waitlist_booking ON booking_waitlist (converted_booking_id);
CREATE INDEX idx_waitlist_next ON booking_waitlist (desired_date, priority DESC, created_at)
    WHERE status = 'waiting';

ALTER TABLE bookings
    ADD COLUMN waitlist_id UUID REFERENCES booking_waitlist (id) ON DELETE SET NULL;

CREATE INDEX idx_bookings_waitlist ON bookings (waitlist_id);

-- An older program knows nothing of bank accounts, and Plaid's token goes with its column.
-- @rollback
UPDATE payment_methods SET method_type = 'cash' WHERE method_type = 'bank_account';
-- @end

-- @verify "nobody was merged into a customer who had been merged away"
SELECT l.id FROM customer_merge_log l
WHERE l.undone_at IS NULL AND l.surviving_customer_id = l.merged_customer_id;
-- @end
