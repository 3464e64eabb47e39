-- @schema lot
CREATE TABLE spots (id INTEGER PRIMARY KEY);
