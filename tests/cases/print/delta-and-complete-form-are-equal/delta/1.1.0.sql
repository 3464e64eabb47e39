-- @schema lot
-- @extends 1.0.0
ALTER TABLE vehicles
    ADD COLUMN kind TEXT NOT NULL,   -- @from 'car'
    ADD CONSTRAINT known_kind CHECK (kind IN ('car', 'truck'));
ALTER TABLE vehicles RENAME COLUMN phone_number TO phone;
