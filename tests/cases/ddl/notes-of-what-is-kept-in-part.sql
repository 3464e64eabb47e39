-- @schema shop
CREATE TABLE t (id integer PRIMARY KEY, code char(4), span interval);
