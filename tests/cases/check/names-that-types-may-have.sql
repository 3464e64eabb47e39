-- Indexes have no rows, the server moves the type of arrays away by itself, and other
-- schemas and other engines have names of their own.
CREATE TABLE a (x integer CONSTRAINT c CHECK (x > 0), y text);
CREATE TYPE _a AS ENUM ('x');
CREATE TYPE "A" AS ENUM ('x');
CREATE INDEX i ON a (x);
CREATE DOMAIN i AS integer;
CREATE TYPE c AS ENUM ('x');
CREATE TYPE public.b AS ENUM ('x');
CREATE TABLE elsewhere.b (x public.b);
CREATE TYPE text AS (x integer);
CREATE TABLE date (x integer);
-- @only sqlite
CREATE TABLE d (x integer);
CREATE DOMAIN d AS integer;
-- @only sqlite
CREATE TYPE v AS ENUM ('x');
CREATE VIEW v AS SELECT x FROM a;
-- names that are free again
CREATE TYPE t AS ENUM ('x');
DROP TYPE t;
CREATE TABLE t (x integer);
CREATE TABLE u (x integer);
ALTER TABLE u RENAME TO w;
CREATE TYPE u AS RANGE (subtype = integer);
DROP TYPE u;
CREATE TABLE u_multirange (x integer);
