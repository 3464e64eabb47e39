-- @extends 1.0.0
CREATE TABLE b (id INTEGER);
