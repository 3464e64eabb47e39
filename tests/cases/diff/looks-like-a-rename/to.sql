-- @schema x
CREATE TABLE t (id integer PRIMARY KEY, phone text);
