-- @schema bookings
-- @extends 1.5.0
--
-- Sprint 6: lists of customers to write to, and who wants to hear nothing.

CREATE TABLE contact_lists (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name                VARCHAR(255) NOT NULL UNIQUE,
    description         TEXT,
    list_type           VARCHAR(50) NOT NULL DEFAULT 'static'
        CHECK (list_type IN ('static', 'dynamic')),
    filter_json         JSONB, -- who is on a dynamic list
    created_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT contact_lists_filter
        CHECK (list_type = 'static' OR filter_json IS NOT NULL)
);

CREATE INDEX idx_contact_lists_admin ON contact_lists (created_by_admin_id);

CREATE TABLE contact_list_members (
    contact_list_id UUID NOT NULL REFERENCES contact_lists (id) ON DELETE CASCADE,
    customer_id     UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    added_at        TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (contact_list_id, customer_id)
);

CREATE INDEX idx_contact_list_members_customer ON contact_list_members (customer_id);

CREATE TABLE opt_out_management (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id  UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    -- @lint off check-values-differ "people opt out of everything, messages go one way"
    channel      VARCHAR(50) NOT NULL CHECK (channel IN ('email', 'sms', 'push', 'all')),
    source       VARCHAR(50) NOT NULL
        CHECK (source IN ('customer', 'admin', 'carrier', 'migration')),
    reason       TEXT,
    opted_out_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    opted_in_at  TIMESTAMPTZ -- they changed their mind
);

CREATE INDEX idx_opt_out_customer ON opt_out_management (customer_id);
CREATE UNIQUE INDEX uq_opt_out_in_force ON opt_out_management (customer_id, channel)
    WHERE opted_in_at IS NULL;

-- @migrate
INSERT INTO opt_out_management (customer_id, channel, source)
SELECT id, 'sms', 'migration' FROM customers WHERE NOT sms_consent;
INSERT INTO opt_out_management (customer_id, channel, source)
SELECT id, 'email', 'migration' FROM customers WHERE NOT email_consent;
-- @end

-- @verify "who gave no consent has opted out"
SELECT c.id FROM customers c
WHERE NOT c.sms_consent AND NOT EXISTS (
    SELECT 1 FROM opt_out_management o
    WHERE o.customer_id = c.id AND o.channel IN ('sms', 'all'));
-- @end
