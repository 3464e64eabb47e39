-- @extends 1.0.0
ALTER TABLE cars RENAME COLUMN id TO number;
