-- @extends 0.9.0
ALTER TABLE a ADD COLUMN b text;
