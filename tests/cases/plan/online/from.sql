-- @schema shop
CREATE TABLE customers (id bigint PRIMARY KEY, email text UNIQUE);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, code integer);
CREATE INDEX orders_code ON orders (code);
