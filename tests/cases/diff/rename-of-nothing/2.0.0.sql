-- @schema r
CREATE TYPE state AS ENUM (
    'fresh', -- @was new
    'old',
    'gone' -- @was lost
);
CREATE TABLE t (
    id int PRIMARY KEY,
    mail text -- @was email
);
-- @was persons
CREATE TABLE people (id int PRIMARY KEY);
