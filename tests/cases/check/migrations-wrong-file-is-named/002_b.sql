
ALTER TABLE user ADD COLUMN x integer;
