-- @schema lot
CREATE DOMAIN small AS integer;
CREATE DOMAIN big AS bigint;
CREATE TABLE t (id integer PRIMARY KEY, n big NOT NULL CHECK (n < 500));
CREATE INDEX t_n ON t (abs(n));
