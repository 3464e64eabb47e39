-- @schema lot
CREATE TABLE vehicles (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    phone TEXT,             -- @was phone_number
    kind  TEXT NOT NULL,    -- @from 'car'
    CONSTRAINT known_kind CHECK (kind IN ('car', 'truck'))
);
