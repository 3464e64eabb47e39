CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text
);
ALTER TABLE customers DROP CONSTRAINT customers_name_key;
--                                    ^^^^^^^^^^^^^^^^^^ S0305
