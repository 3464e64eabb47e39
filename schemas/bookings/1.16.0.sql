-- @schema bookings
-- @extends 1.15.0
--
-- Sprint 16: large bookings paid in parts.

CREATE TABLE payment_installments (
    id                 UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id         UUID NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    payment_id         UUID UNIQUE REFERENCES payments (id) ON DELETE SET NULL,
    installment_number SMALLINT NOT NULL CHECK (installment_number > 0),
    due_date           DATE NOT NULL,
    amount             DECIMAL(10,2) NOT NULL CHECK (amount > 0),
    late_fee_amount    DECIMAL(10,2) NOT NULL DEFAULT 0 CHECK (late_fee_amount >= 0),
    status             VARCHAR(50) NOT NULL DEFAULT 'scheduled'
        CHECK (status IN ('scheduled', 'paid', 'late', 'waived')),
    reminded_at        TIMESTAMPTZ,
    created_at         TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at         TIMESTAMPTZ NOT NULL DEFAULT NOW(), -- @touch
    CONSTRAINT uq_payment_installments UNIQUE (booking_id, installment_number)
);

CREATE INDEX idx_installments_due ON payment_installments (due_date)
    WHERE status IN ('scheduled', 'late');
