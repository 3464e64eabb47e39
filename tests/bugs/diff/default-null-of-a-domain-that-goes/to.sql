-- @schema lot
CREATE DOMAIN uint AS bigint CHECK (VALUE >= 0);
CREATE TABLE checks (id bigint PRIMARY KEY, seconds double precision DEFAULT NULL);
