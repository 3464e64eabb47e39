-- @schema shop
-- @extends 1.2.0
ALTER TABLE orders ADD COLUMN more text;
