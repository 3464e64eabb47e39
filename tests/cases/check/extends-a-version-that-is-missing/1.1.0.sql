-- @extends 1.0.0
CREATE TABLE a (id INTEGER);
