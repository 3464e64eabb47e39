-- @schema shop
CREATE TABLE orders (
    id integer PRIMARY KEY,
    total integer NOT NULL, -- @from now()
    -- @was amount
    sum integer
);
