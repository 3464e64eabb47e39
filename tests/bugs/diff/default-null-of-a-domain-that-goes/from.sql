-- A server keeps DEFAULT NULL of a column with a domain, and of no other.
-- @schema lot
CREATE DOMAIN uint AS bigint CHECK (VALUE >= 0);
CREATE TABLE checks (id bigint PRIMARY KEY, seconds uint DEFAULT NULL);
