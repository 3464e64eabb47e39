CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text
);
ALTER TABLE customers ALTER COLUMN nam SET NOT NULL;
--                                 ^^^ S0304
