CREATE TABLE customers (
    id integer PRIMARY KEY,
    email text
);
CREATE VIEW v AS SELECT emial FROM customers;
--                      ^^^^^ S0304
