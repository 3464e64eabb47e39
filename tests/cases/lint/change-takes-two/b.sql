-- @lint off drop-table "nobody reads it"
CREATE TABLE log (id bigint PRIMARY KEY);
CREATE TABLE cars (id bigint PRIMARY KEY, plate text NOT NULL, doors integer);
