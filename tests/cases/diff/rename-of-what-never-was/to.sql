-- @schema lot
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    n  INTEGER  -- @was never
);
