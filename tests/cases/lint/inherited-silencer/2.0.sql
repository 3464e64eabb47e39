-- @schema inherited
-- @extends 1.0
ALTER TABLE t ALTER COLUMN price TYPE numeric(12, 2);
