-- @extends 1.0.0
ALTER TABLE t RENAME COLUMN a TO x;
ALTER TABLE t RENAME COLUMN b TO a;
ALTER TABLE t RENAME COLUMN x TO b;
-- nor may a new column take the name
ALTER TABLE u RENAME COLUMN a TO b;
ALTER TABLE u ADD COLUMN a integer;
