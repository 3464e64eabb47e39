-- @extends 1.1.0
ALTER TABLE a ADD COLUMN b text;
