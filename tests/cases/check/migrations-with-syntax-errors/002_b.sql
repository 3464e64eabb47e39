ALTER TABLE users ADD COLUMN x integer;
