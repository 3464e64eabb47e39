-- @schema shop
CREATE TABLE lines (
    id    integer PRIMARY KEY,
    price numeric(10,2) NOT NULL,
    rate  numeric(5,3) NOT NULL,
    CHECK (price * rate < 1000)
);
