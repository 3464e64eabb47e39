-- bookings: from 1.15.0 to 1.16.0 (postgres)

BEGIN;

-- 01 create table payment_installments
CREATE TABLE payment_installments (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    payment_id uuid UNIQUE REFERENCES payments (id) ON DELETE SET NULL,
    installment_number smallint NOT NULL,
    due_date date NOT NULL,
    amount numeric(10, 2) NOT NULL,
    late_fee_amount numeric(10, 2) NOT NULL DEFAULT 0,
    status varchar(50) NOT NULL DEFAULT 'scheduled',
    reminded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (installment_number > 0),
    CHECK (amount > 0),
    CHECK (late_fee_amount >= 0),
    CHECK (status IN ('scheduled', 'paid', 'late', 'waived')),
    CONSTRAINT uq_payment_installments UNIQUE (booking_id, installment_number)
);

-- 02 create index idx_installments_due
CREATE INDEX idx_installments_due ON payment_installments (due_date) WHERE status IN ('scheduled', 'late');

-- 03 create function payment_installments_touch
CREATE FUNCTION payment_installments_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := CURRENT_TIMESTAMP;
    END IF;
    RETURN NEW;
END
$$;

-- 04 create trigger payment_installments_touch
CREATE TRIGGER payment_installments_touch BEFORE UPDATE ON payment_installments FOR EACH ROW EXECUTE FUNCTION payment_installments_touch();

COMMIT;
