-- @schema test
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
