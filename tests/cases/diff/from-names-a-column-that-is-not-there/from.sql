-- @schema lot
CREATE TABLE items (id INTEGER PRIMARY KEY, price TEXT NOT NULL);
