-- @schema lot
CREATE TABLE items (
    id    INTEGER PRIMARY KEY,
    price INTEGER NOT NULL  -- @from CAST(price AS INTEGER)
);
