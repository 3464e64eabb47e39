-- @schema shop
CREATE TABLE customers (
    id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text NOT NULL,
    boss  integer REFERENCES customers (id),
    CONSTRAINT customers_name_key UNIQUE (name)
);
COMMENT ON CONSTRAINT customers_name_key ON customers IS 'one of a name';
CREATE TABLE orders (
    id          serial PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    status      text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'paid')),
    amount      text,
    cents       integer CHECK (cents >= 0),
    note        varchar(50),
    UNIQUE (customer_id, note)
);
COMMENT ON COLUMN orders.amount IS 'in euros';
CREATE INDEX orders_cents ON orders (abs(cents), id) WHERE cents > 5;
CREATE INDEX orders_customer ON orders (customer_id DESC) INCLUDE (note);
CREATE TABLE visits (customer integer REFERENCES customers (id), at timestamptz);
CREATE VIEW paid AS SELECT o.id, o.amount, c.name
FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE o.status = 'paid';
GRANT SELECT (amount, note), UPDATE (amount) ON orders TO PUBLIC;
