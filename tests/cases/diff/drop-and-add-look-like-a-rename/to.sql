-- @schema lot
CREATE TABLE vehicles (id INTEGER PRIMARY KEY, phone_no TEXT);
