-- @schema test
CREATE TYPE mood AS ENUM ('high', 'low');
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN positive AS bigint CHECK (VALUE >= 0);
CREATE TABLE entry (day bigint, at time(3), note text) PARTITION BY RANGE (day, (at + '1:00'));
CREATE TABLE lot (number positive, name text) PARTITION BY LIST (number);
CREATE TABLE lot_1 PARTITION OF lot FOR VALUES IN (1, 2);
