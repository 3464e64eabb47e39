-- @schema lot
CREATE TABLE brands (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    plate text,
    shade text NOT NULL,
    old   text,
    brand bigint CONSTRAINT cars_brand REFERENCES brands (id) ON DELETE CASCADE,
    CONSTRAINT plate_long CHECK (length(plate) < 100),
    CONSTRAINT "two names" CHECK (plate <> old)
);
CREATE INDEX cars_plate ON cars (plate);
CREATE VIEW plates AS SELECT plate FROM cars;
