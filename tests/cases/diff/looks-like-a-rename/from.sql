-- @schema x
CREATE TABLE t (id integer PRIMARY KEY, phone_number text);
