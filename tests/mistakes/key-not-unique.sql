CREATE TABLE customers (
    id integer PRIMARY KEY,
    email text
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    email text REFERENCES customers (email)
--             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S0403
);
