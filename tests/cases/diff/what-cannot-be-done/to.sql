-- @schema test
CREATE TYPE mood AS ENUM ('high', 'low');
CREATE DOMAIN feeling AS mood;
