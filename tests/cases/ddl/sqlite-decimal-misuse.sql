-- @schema samples
-- A decimal is stored as an integer: what would read another number is refused.
CREATE TABLE lines (
    id    integer PRIMARY KEY,
    price numeric(10,2) NOT NULL,
    rate  numeric(5,2) NOT NULL,
    total numeric(12,2) GENERATED ALWAYS AS (price * rate) STORED,
    CHECK (price / 3 < 10),
    CHECK (price > 0.001),
    CHECK (length(price) < 9)
);
