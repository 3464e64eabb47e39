CREATE TABLE entries (
    id     integer PRIMARY KEY,
    amount numeric(10, 2) NOT NULL,
    fee    numeric(10, 2) NOT NULL,
    net    numeric(10, 2) GENERATED ALWAYS AS (amount - fee) STORED
);
