-- bookings: from 1.16.0 to 1.17.0 (postgres)

BEGIN;

-- 01 create table customer_feedback_detailed
CREATE TABLE customer_feedback_detailed (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL UNIQUE REFERENCES bookings (id) ON DELETE CASCADE,
    customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    overall_rating smallint NOT NULL,
    food_rating smallint,
    service_rating smallint,
    value_rating smallint,
    would_recommend boolean,
    comments text,
    photo_uris text[] NOT NULL DEFAULT '{}',
    response text,
    responded_by_admin_id uuid REFERENCES admin_users (id) ON DELETE SET NULL,
    responded_at timestamptz,
    is_public boolean NOT NULL DEFAULT FALSE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (overall_rating BETWEEN 1 AND 5),
    CHECK (food_rating BETWEEN 1 AND 5),
    CHECK (service_rating BETWEEN 1 AND 5),
    CHECK (value_rating BETWEEN 1 AND 5)
);

-- 02 create index idx_feedback_customer
CREATE INDEX idx_feedback_customer ON customer_feedback_detailed (customer_id);

-- 03 create index idx_feedback_admin
CREATE INDEX idx_feedback_admin ON customer_feedback_detailed (responded_by_admin_id);

-- 04 create index idx_feedback_poor
CREATE INDEX idx_feedback_poor ON customer_feedback_detailed (created_at) WHERE overall_rating <= 2;

-- 05 create view chef_ratings
CREATE VIEW chef_ratings AS
SELECT b.chef_id, count(*) AS ratings, avg(f.overall_rating) AS average_rating, sum(CASE WHEN f.would_recommend THEN 1 ELSE 0 END) AS would_recommend
FROM customer_feedback_detailed AS f
    JOIN bookings AS b ON b.id = f.booking_id
WHERE b.chef_id IS NOT NULL
GROUP BY b.chef_id;

-- 06 create function customer_feedback_detailed_touch
CREATE FUNCTION customer_feedback_detailed_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 07 create trigger customer_feedback_detailed_touch
CREATE TRIGGER customer_feedback_detailed_touch BEFORE UPDATE ON customer_feedback_detailed FOR EACH ROW EXECUTE FUNCTION customer_feedback_detailed_touch();

COMMIT;
