-- @schema r
CREATE TYPE state AS ENUM (
    'fresh', -- @was new
    'old',
    'gone'
);
CREATE TABLE t (
    id int PRIMARY KEY,
    mail text -- @was email
);
CREATE TABLE people (id int PRIMARY KEY);
