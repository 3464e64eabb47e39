CREATE TABLE a (id integer PRIMARY KEY);
-- @migrate
UPDATE a SET id = id + 1;
