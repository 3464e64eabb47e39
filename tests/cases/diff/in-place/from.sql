-- @schema x
CREATE TABLE t (id integer PRIMARY KEY, a text, gone text);
