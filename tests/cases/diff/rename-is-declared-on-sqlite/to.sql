-- @schema lot
CREATE TABLE vehicles (
    id    INTEGER PRIMARY KEY,
    phone TEXT  -- @was phone_number
);
