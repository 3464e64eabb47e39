-- @schema shop
CREATE TABLE customers (id bigint PRIMARY KEY, email text, name text, UNIQUE (email, name));
CREATE TABLE orders (
    id          bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    code        bigint CHECK (code > 0),
    token       uuid NOT NULL DEFAULT gen_random_uuid()
);
CREATE INDEX orders_code ON orders (code DESC);
