-- @extends 1.0.0
ALTER TABLE config ADD COLUMN note text;
