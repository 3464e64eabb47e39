-- @schema test
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE DOMAIN feeling AS mood;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE entry (day integer, at time, note text) PARTITION BY RANGE (day, (at + '1:00'));
CREATE TABLE lot (number positive, name text) PARTITION BY LIST (number);
CREATE TABLE lot_1 PARTITION OF lot FOR VALUES IN (1, 2);
