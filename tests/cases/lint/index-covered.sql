CREATE TABLE cars (id bigint PRIMARY KEY, lot integer NOT NULL, entered timestamptz NOT NULL);
CREATE INDEX cars_lot ON cars (lot);
CREATE INDEX cars_lot_entered ON cars (lot, entered);
