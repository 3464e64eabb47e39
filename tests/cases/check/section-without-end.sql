CREATE TABLE lots (id INTEGER);
-- @migrate
UPDATE lots SET id = 1;
