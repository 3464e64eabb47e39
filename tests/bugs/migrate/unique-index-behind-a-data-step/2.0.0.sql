CREATE TABLE cars (id integer PRIMARY KEY, plate text);
CREATE UNIQUE INDEX plates ON cars (plate);
-- @migrate
UPDATE cars SET plate = upper(plate);
-- @end
