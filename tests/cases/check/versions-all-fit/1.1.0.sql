-- @schema shop
CREATE TABLE orders (
    id integer PRIMARY KEY,
    -- @from CAST(total AS integer)
    -- @back CAST(total AS text)
    total integer NOT NULL
);
