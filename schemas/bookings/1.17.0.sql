-- @schema bookings
-- @extends 1.16.0
--
-- Sprint 17: what the guests thought of it.

CREATE TABLE customer_feedback_detailed (
    id                    UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id            UUID NOT NULL UNIQUE REFERENCES bookings (id) ON DELETE CASCADE,
    customer_id           UUID NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    overall_rating        SMALLINT NOT NULL CHECK (overall_rating BETWEEN 1 AND 5),
    food_rating           SMALLINT CHECK (food_rating BETWEEN 1 AND 5),
    service_rating        SMALLINT CHECK (service_rating BETWEEN 1 AND 5),
    value_rating          SMALLINT CHECK (value_rating BETWEEN 1 AND 5),
    would_recommend       BOOLEAN, -- may be left out
    comments              TEXT,
    photo_uris            TEXT[] NOT NULL DEFAULT '{}',
    response              TEXT,
    responded_by_admin_id UUID REFERENCES admin_users (id) ON DELETE SET NULL,
    responded_at          TIMESTAMPTZ,
    is_public             BOOLEAN NOT NULL DEFAULT FALSE,
    created_at            TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at            TIMESTAMPTZ NOT NULL DEFAULT NOW() -- @touch
);

CREATE INDEX idx_feedback_customer ON customer_feedback_detailed (customer_id);
CREATE INDEX idx_feedback_admin ON customer_feedback_detailed (responded_by_admin_id);
CREATE INDEX idx_feedback_poor ON customer_feedback_detailed (created_at)
    WHERE overall_rating <= 2;

CREATE VIEW chef_ratings AS
SELECT
    b.chef_id,
    count(*) AS ratings,
    avg(f.overall_rating) AS average_rating,
    sum(CASE WHEN f.would_recommend THEN 1 ELSE 0 END) AS would_recommend
FROM customer_feedback_detailed f
    JOIN bookings b ON b.id = f.booking_id
WHERE b.chef_id IS NOT NULL
GROUP BY b.chef_id;
