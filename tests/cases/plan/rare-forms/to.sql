-- @schema rare
CREATE SCHEMA away;
CREATE TYPE pair AS (
    x integer,
    z integer -- @was y
);
CREATE TYPE spot AS (x integer, y integer);
-- @was public.moving
CREATE TYPE away.moving AS (x integer);
-- @was public.moving_enum
CREATE TYPE away.moving_enum AS ENUM ('a', 'b');
CREATE DOMAIN amount AS integer CONSTRAINT amount_least CHECK (VALUE >= 0);
CREATE SEQUENCE freed;
CREATE SEQUENCE taken;
CREATE FUNCTION gives(n integer) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN n; END';

-- @was public.moved
CREATE TABLE away.moved (id bigint PRIMARY KEY, n text);
CREATE TABLE counted (id bigint PRIMARY KEY, n bigint, m bigint, sum amount);
CREATE TABLE untied (x integer, y integer);
CREATE TABLE tied OF spot;
CREATE TABLE guarded (id bigint PRIMARY KEY, code text);
CREATE INDEX guarded_lower ON guarded (lower(code));
ALTER INDEX guarded_lower ALTER COLUMN 1 SET STATISTICS 300;
ALTER INDEX guarded_lower SET (fillfactor = 77);
ALTER SEQUENCE taken OWNED BY counted.m;
CREATE POLICY guarded_some ON guarded USING (id > 2);
CREATE RULE guarded_quiet AS ON DELETE TO guarded DO INSTEAD NOTHING;
ALTER TABLE guarded DISABLE RULE guarded_quiet;
CREATE MATERIALIZED VIEW counts AS SELECT sum(gives(n::integer)) AS n FROM counted;
