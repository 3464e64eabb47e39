CREATE TABLE orders (
    id integer PRIMARY KEY,
    customer_id integer REFERENCES custmers (id)
--                                 ^^^^^^^^ S0303
);
CREATE TABLE customers (
    id integer PRIMARY KEY
);
