-- @schema lot
CREATE TABLE items (id INTEGER PRIMARY KEY, price NUMERIC(10,2));
