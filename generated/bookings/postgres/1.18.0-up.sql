-- bookings: from 1.17.0 to 1.18.0 (postgres)

BEGIN;

-- 01 rename column communication_scheduling.sent_count to recipient_count
ALTER TABLE communication_scheduling RENAME COLUMN sent_count TO recipient_count;

-- 02 create table communication_ab_tests
CREATE TABLE communication_ab_tests (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(255) NOT NULL UNIQUE,
    template_a_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE RESTRICT,
    template_b_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE RESTRICT,
    contact_list_id uuid REFERENCES contact_lists (id) ON DELETE SET NULL,
    share_of_b numeric(5, 2) NOT NULL DEFAULT 50,
    metric varchar(50) NOT NULL DEFAULT 'click_rate',
    status varchar(50) NOT NULL DEFAULT 'draft',
    winner varchar(1),
    created_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    started_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (share_of_b BETWEEN 0 AND 100),
    CHECK (metric IN ('open_rate', 'click_rate', 'booking_rate')),
    CHECK (status IN ('draft', 'running', 'decided', 'stopped')),
    CHECK (winner IN ('a', 'b')),
    CONSTRAINT communication_ab_tests_two CHECK (template_a_id <> template_b_id)
);

-- 03 create table communication_analytics
CREATE TABLE communication_analytics (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES communication_templates (id) ON DELETE CASCADE,
    ab_test_id uuid REFERENCES communication_ab_tests (id) ON DELETE SET NULL,
    day date NOT NULL,
    sent integer NOT NULL DEFAULT 0,
    delivered integer NOT NULL DEFAULT 0,
    opened integer NOT NULL DEFAULT 0,
    clicked integer NOT NULL DEFAULT 0,
    bounced integer NOT NULL DEFAULT 0,
    opted_out integer NOT NULL DEFAULT 0,
    booked integer NOT NULL DEFAULT 0,
    revenue numeric(12, 2) NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uq_communication_analytics UNIQUE (template_id, day)
);

-- 04 add column communication_scheduling.ab_test_id
ALTER TABLE communication_scheduling ADD COLUMN ab_test_id uuid;

-- 05 add constraint communication_scheduling.communication_scheduling_ab_test_id_fkey
ALTER TABLE communication_scheduling ADD CONSTRAINT communication_scheduling_ab_test_id_fkey FOREIGN KEY (ab_test_id) REFERENCES communication_ab_tests (id) ON DELETE SET NULL;

-- 06 create index idx_ab_tests_a
CREATE INDEX idx_ab_tests_a ON communication_ab_tests (template_a_id);

-- 07 create index idx_ab_tests_b
CREATE INDEX idx_ab_tests_b ON communication_ab_tests (template_b_id);

-- 08 create index idx_ab_tests_list
CREATE INDEX idx_ab_tests_list ON communication_ab_tests (contact_list_id);

-- 09 create index idx_ab_tests_admin
CREATE INDEX idx_ab_tests_admin ON communication_ab_tests (created_by_admin_id);

-- 10 create index idx_comm_analytics_ab_test
CREATE INDEX idx_comm_analytics_ab_test ON communication_analytics (ab_test_id);

-- 11 create index idx_comm_analytics_day
CREATE INDEX idx_comm_analytics_day ON communication_analytics (day);

-- 12 create index idx_comm_scheduling_ab_test
CREATE INDEX idx_comm_scheduling_ab_test ON communication_scheduling (ab_test_id);

-- 13 create view template_performance
CREATE VIEW template_performance AS
SELECT t.id AS template_id, t.template_key, t.channel, sum(a.sent) AS sent, sum(a.delivered) AS delivered, sum(a.clicked) AS clicked, sum(a.booked) AS booked, sum(a.revenue) AS revenue
FROM communication_templates AS t
    JOIN communication_analytics AS a ON a.template_id = t.id
GROUP BY t.id, t.template_key, t.channel;

-- 14 create function communication_analytics_touch
CREATE FUNCTION communication_analytics_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 15 create trigger communication_analytics_touch
CREATE TRIGGER communication_analytics_touch BEFORE UPDATE ON communication_analytics FOR EACH ROW EXECUTE FUNCTION communication_analytics_touch();

COMMIT;
