-- @schema shop
CREATE TYPE state AS ENUM ('open', 'paid', 'lost');
CREATE TABLE customers (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name  text COLLATE "C" NOT NULL,
    boss  bigint REFERENCES customers (id),
    CONSTRAINT customers_name_key UNIQUE (name)
);
COMMENT ON CONSTRAINT customers_name_key ON customers IS 'one of a name';
CREATE TABLE orders (
    id          bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    status      state NOT NULL DEFAULT 'open',
    amount      numeric(12, 2),
    -- @was cents
    -- @from cents / 100.0
    euros       numeric(10, 2) CHECK (euros >= 0),
    note        varchar(20),
    UNIQUE (customer_id, note)
);
COMMENT ON COLUMN orders.amount IS 'in euros';
CREATE INDEX orders_cents ON orders (abs(euros), id) WHERE euros > 5;
CREATE INDEX orders_customer ON orders (customer_id DESC) INCLUDE (note);
CREATE TABLE visits (customer integer REFERENCES customers (id), at timestamptz);
CREATE VIEW paid AS SELECT o.id, o.amount, c.name
FROM orders AS o JOIN customers AS c ON c.id = o.customer_id WHERE o.status = 'paid';
GRANT SELECT (amount, note), UPDATE (amount) ON orders TO PUBLIC;
