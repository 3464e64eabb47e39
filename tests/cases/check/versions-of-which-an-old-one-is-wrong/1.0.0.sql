-- @schema shop
CREATE TABLE orders (id integer PRIMARY KEY, customer integer REFERENCES nobody);
