-- @schema test
CREATE TYPE mood AS ENUM ('high', 'low');
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN positive AS bigint CHECK (VALUE >= 0);
