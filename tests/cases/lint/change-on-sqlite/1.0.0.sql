-- @schema garage

CREATE TABLE cars (id bigint PRIMARY KEY, plate varchar(12) NOT NULL, doors integer);
