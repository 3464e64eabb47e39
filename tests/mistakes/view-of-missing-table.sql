CREATE TABLE customers (
    id integer PRIMARY KEY
);
CREATE VIEW v AS SELECT id FROM customer;
--                              ^^^^^^^^ S0303
