-- @schema lot
CREATE TABLE brands (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE cars (
    id    bigint PRIMARY KEY,
    plate text NOT NULL,
    shade text,
    kind  text NOT NULL DEFAULT 'car',
    brand bigint,
    CONSTRAINT plate_long CHECK (length(plate) < 50),
    CONSTRAINT "no blank" CHECK (plate <> '' AND plate NOT LIKE '% %'),
    CONSTRAINT kinds CHECK (kind IN ('car', 'truck') OR shade = 'red')
);
CREATE INDEX cars_plate ON cars (plate);
CREATE VIEW plates AS SELECT plate FROM cars;
