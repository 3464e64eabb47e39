CREATE TABLE a (
    id integer PRIMARY KEY
);
-- @migrate
-- ^^^^^^^^ S0204
UPDATE a SET id = id;
