-- @schema places
CREATE TYPE pair AS (x integer, y integer);
CREATE TABLE guarded (id bigint PRIMARY KEY, code text);
CREATE POLICY guarded_some ON guarded USING (id > 1);
