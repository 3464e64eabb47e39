-- @schema lot
CREATE TABLE items (a INTEGER, b TEXT);
