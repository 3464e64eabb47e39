CREATE TABLE lots (id INTEGER);
-- @end
