-- @schema bookings
-- @extends 1.17.0
--
-- Sprint 18: which of two messages does better, and how messages do at all.

CREATE TABLE communication_ab_tests (
    id                  UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name                VARCHAR(255) NOT NULL UNIQUE,
    template_a_id       UUID NOT NULL
        REFERENCES communication_templates (id) ON DELETE RESTRICT,
    template_b_id       UUID NOT NULL
        REFERENCES communication_templates (id) ON DELETE RESTRICT,
    contact_list_id     UUID REFERENCES contact_lists (id) ON DELETE SET NULL,
    share_of_b          DECIMAL(5,2) NOT NULL DEFAULT 50
        CHECK (share_of_b BETWEEN 0 AND 100),
    metric              VARCHAR(50) NOT NULL DEFAULT 'click_rate'
        CHECK (metric IN ('open_rate', 'click_rate', 'booking_rate')),
    status              VARCHAR(50) NOT NULL DEFAULT 'draft'
        CHECK (status IN ('draft', 'running', 'decided', 'stopped')),
    winner              VARCHAR(1) CHECK (winner IN ('a', 'b')),
    created_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    started_at          TIMESTAMPTZ,
    ended_at            TIMESTAMPTZ,
    created_at          TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT communication_ab_tests_two CHECK (template_a_id <> template_b_id)
);

CREATE INDEX idx_ab_tests_a ON communication_ab_tests (template_a_id);
CREATE INDEX idx_ab_tests_b ON communication_ab_tests (template_b_id);
CREATE INDEX idx_ab_tests_list ON communication_ab_tests (contact_list_id);
CREATE INDEX idx_ab_tests_admin ON communication_ab_tests (created_by_admin_id);

ALTER TABLE communication_scheduling
    ADD COLUMN ab_test_id UUID REFERENCES communication_ab_tests (id) ON DELETE SET NULL,
    RENAME COLUMN sent_count TO recipient_count;

CREATE INDEX idx_comm_scheduling_ab_test ON communication_scheduling (ab_test_id);

-- A line for each message that was sent on a day by one template.
CREATE TABLE communication_analytics (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    template_id UUID NOT NULL REFERENCES communication_templates (id) ON DELETE CASCADE,
    ab_test_id  UUID REFERENCES communication_ab_tests (id) ON DELETE SET NULL,
    day         DATE NOT NULL,
    sent        INT NOT NULL DEFAULT 0,
    delivered   INT NOT NULL DEFAULT 0,
    opened      INT NOT NULL DEFAULT 0,
    clicked     INT NOT NULL DEFAULT 0,
    bounced     INT NOT NULL DEFAULT 0,
    opted_out   INT NOT NULL DEFAULT 0,
    booked      INT NOT NULL DEFAULT 0,
    revenue     DECIMAL(12,2) NOT NULL DEFAULT 0,
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_communication_analytics UNIQUE (template_id, day)
);

CREATE INDEX idx_comm_analytics_ab_test ON communication_analytics (ab_test_id);
CREATE INDEX idx_comm_analytics_day ON communication_analytics (day);

CREATE VIEW template_performance AS
SELECT
    t.id AS template_id,
    t.template_key,
    t.channel,
    sum(a.sent) AS sent,
    sum(a.delivered) AS delivered,
    sum(a.clicked) AS clicked,
    sum(a.booked) AS booked,
    sum(a.revenue) AS revenue
FROM communication_templates t
    JOIN communication_analytics a ON a.template_id = t.id
GROUP BY t.id, t.template_key, t.channel;
