-- @schema rare
CREATE SCHEMA away;
CREATE TYPE pair AS (x integer, y integer);
CREATE TYPE spot AS (x integer, y integer);
CREATE TYPE moving AS (x integer);
CREATE TYPE moving_enum AS ENUM ('a', 'b');
CREATE DOMAIN amount AS integer;
ALTER DOMAIN amount ADD CONSTRAINT amount_least CHECK (VALUE >= 0) NOT VALID;
CREATE SEQUENCE freed;
CREATE SEQUENCE taken;
CREATE FUNCTION gives(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN n; END';

CREATE TABLE moved (id bigint PRIMARY KEY, n text);
CREATE TABLE counted (id bigint PRIMARY KEY, n bigint, m bigint, sum amount);
CREATE TABLE untied OF spot;
CREATE TABLE tied (x integer, y integer);
CREATE TABLE guarded (id bigint PRIMARY KEY, code text);
CREATE INDEX guarded_lower ON guarded (lower(code));
ALTER SEQUENCE freed OWNED BY counted.n;
CREATE POLICY guarded_some ON guarded USING (id > 1);
CREATE RULE guarded_quiet AS ON DELETE TO guarded DO INSTEAD NOTHING;
