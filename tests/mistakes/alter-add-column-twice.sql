CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text
);
ALTER TABLE customers ADD COLUMN name text;
--                               ^^^^ S0302
