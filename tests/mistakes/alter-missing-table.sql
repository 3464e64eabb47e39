CREATE TABLE customers (
    id integer PRIMARY KEY
);
ALTER TABLE custmers ADD COLUMN name text;
--          ^^^^^^^^ S0303
