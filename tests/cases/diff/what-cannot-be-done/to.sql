-- @schema test
CREATE TYPE mood AS ENUM ('high', 'low');
CREATE TABLE t (m mood, CHECK (m <> 'low'));
CREATE DOMAIN positive AS bigint CHECK (VALUE >= 0);
