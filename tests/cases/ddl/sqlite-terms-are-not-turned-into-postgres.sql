-- @dialect sqlite
CREATE TABLE t (id INTEGER);
