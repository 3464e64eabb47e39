-- @schema lines
CREATE TABLE lines (id integer PRIMARY KEY, price numeric(10,2) NOT NULL, code text);
