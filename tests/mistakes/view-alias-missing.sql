CREATE TABLE customers (
    id integer PRIMARY KEY,
    email text
);
CREATE VIEW v AS SELECT k.email FROM customers c;
--                      ^^^^^^^ S0303
