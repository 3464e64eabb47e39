-- bookings: from 1.5.0 to 1.6.0 (postgres)

BEGIN;

-- 01 create table contact_lists
CREATE TABLE contact_lists (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE,
    description text,
    list_type varchar(50) NOT NULL DEFAULT 'static',
    filter_json jsonb,
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (list_type IN ('static', 'dynamic')),
    CONSTRAINT contact_lists_filter CHECK (list_type = 'static' OR filter_json IS NOT NULL)
);

-- 02 create table contact_list_members
CREATE TABLE contact_list_members (
    contact_list_id uuid REFERENCES contact_lists (id) ON DELETE CASCADE,
    customer_id uuid REFERENCES customers (id) ON DELETE CASCADE,
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (contact_list_id, customer_id)
);

-- 03 create table opt_out_management
CREATE TABLE opt_out_management (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    channel varchar(50) NOT NULL,
    source varchar(50) NOT NULL,
    reason text,
    opted_out_at timestamptz NOT NULL DEFAULT now(),
    opted_in_at timestamptz,
    CHECK (channel IN ('email', 'sms', 'push', 'all')),
    CHECK (source IN ('customer', 'admin', 'carrier', 'migration'))
);

-- 04 run @migrate
INSERT INTO opt_out_management (customer_id, channel, source)
SELECT id, 'sms', 'migration' FROM customers WHERE NOT sms_consent;
INSERT INTO opt_out_management (customer_id, channel, source)
SELECT id, 'email', 'migration' FROM customers WHERE NOT email_consent;

-- 05 create index idx_contact_list_members_customer
CREATE INDEX idx_contact_list_members_customer ON contact_list_members (customer_id);

-- 06 create index idx_contact_lists_admin
CREATE INDEX idx_contact_lists_admin ON contact_lists (created_by_admin_id);

-- 07 create index idx_opt_out_customer
CREATE INDEX idx_opt_out_customer ON opt_out_management (customer_id);

-- 08 create index uq_opt_out_in_force
CREATE UNIQUE INDEX uq_opt_out_in_force ON opt_out_management (customer_id, channel) WHERE opted_in_at IS NULL;

-- 09 create function contact_lists_touch
CREATE FUNCTION contact_lists_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 10 create trigger contact_lists_touch
CREATE TRIGGER contact_lists_touch BEFORE UPDATE ON contact_lists FOR EACH ROW EXECUTE FUNCTION contact_lists_touch();

-- 11 who gave no consent has opted out
CREATE TEMP TABLE schemac_guard (ok TEXT CONSTRAINT "who gave no consent has opted out" CHECK (coalesce(ok, '0') IN ('1', 'true')));
WITH asked (ok) AS (
SELECT NOT EXISTS (
SELECT c.id FROM customers c
WHERE NOT c.sms_consent AND NOT EXISTS (
    SELECT 1 FROM opt_out_management o
    WHERE o.customer_id = c.id AND o.channel IN ('sms', 'all'))
)
)
INSERT INTO schemac_guard SELECT CAST(ok AS TEXT) FROM asked;
DROP TABLE schemac_guard;

COMMIT;
