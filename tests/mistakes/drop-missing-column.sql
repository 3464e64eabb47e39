CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text
);
ALTER TABLE customers DROP COLUMN nam;
--                                ^^^ S0304
