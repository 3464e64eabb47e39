-- @schema test
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE DOMAIN feeling AS mood;
