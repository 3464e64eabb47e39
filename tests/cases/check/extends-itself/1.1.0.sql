-- @extends 1.0.0
ALTER TABLE a ADD COLUMN c text;
