-- @schema shop
CREATE TABLE orders (
    id integer PRIMARY KEY,
    total text NOT NULL
);
