CREATE TABLE lots (id INTEGER);
-- @migrate
CREATE TABLE other (id INTEGER);
-- @end
