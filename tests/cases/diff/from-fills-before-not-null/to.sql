-- @schema test
CREATE TABLE vehicles (
    id integer PRIMARY KEY AUTOINCREMENT,
    plate text NOT NULL UNIQUE,
    phone_number text,
    country text NOT NULL -- @from substr(plate, 1, 2)
);
