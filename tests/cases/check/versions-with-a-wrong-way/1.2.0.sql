-- @schema shop
-- @extends 1.1.0
ALTER TABLE orders ADD COLUMN seen date NOT NULL; -- @from id
