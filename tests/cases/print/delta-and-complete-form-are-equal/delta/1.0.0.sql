-- @schema lot
CREATE TABLE vehicles (id INTEGER PRIMARY KEY AUTOINCREMENT, phone_number TEXT);
