-- @dialect sqlite
CREATE TABLE t (id INTEGER PRIMARY KEY);
