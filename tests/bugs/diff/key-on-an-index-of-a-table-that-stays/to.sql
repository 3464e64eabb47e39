-- @schema lot
CREATE TABLE members (id bigint PRIMARY KEY, place bigint NOT NULL);
