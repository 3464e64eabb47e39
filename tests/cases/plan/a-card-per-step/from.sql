-- @schema test
CREATE TABLE vehicles (
    id integer PRIMARY KEY AUTOINCREMENT,
    plate text NOT NULL UNIQUE,
    phone_number text
);

CREATE TABLE payments (id integer PRIMARY KEY, vehicle_id integer, note text);
