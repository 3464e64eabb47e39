-- @schema sums
CREATE TABLE orders (
    id       INTEGER PRIMARY KEY,
    subtotal DECIMAL(15,2) NOT NULL,
    discount DECIMAL(15,2) NOT NULL,
    tax      DECIMAL(15,3) NOT NULL,
    total    DECIMAL(15,2) NOT NULL,
    CHECK (total = subtotal - discount + tax)
);
