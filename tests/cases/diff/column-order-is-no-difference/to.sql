-- @schema lot
CREATE TABLE items (b TEXT, a INTEGER);
