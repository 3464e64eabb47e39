-- @dialect postgres
-- Each key has an index by its name, and indexes share their names with tables.
CREATE TABLE a (x integer CONSTRAINT b PRIMARY KEY, y integer CONSTRAINT c UNIQUE,
    CONSTRAINT d EXCLUDE USING gist (x WITH =), CONSTRAINT a UNIQUE (x, y),
    CONSTRAINT e UNIQUE (y, x), CONSTRAINT f CHECK (x > 0), CONSTRAINT g UNIQUE (y, x));
CREATE TABLE b (x integer);
CREATE VIEW c AS SELECT x FROM b;
CREATE INDEX d ON b (x);
CREATE TABLE e2 (x integer CONSTRAINT e UNIQUE, y integer);
CREATE TABLE f (x integer CONSTRAINT f2 UNIQUE);
CREATE TYPE g AS (x integer);
-- other schemas, types that are no relations, and indexes that become keys
CREATE TABLE s.b (x integer CONSTRAINT h UNIQUE);
CREATE TYPE h AS ENUM ('x');
CREATE TYPE f2 AS ENUM ('x');
CREATE UNIQUE INDEX i ON e2 (y);
ALTER TABLE e2 ADD CONSTRAINT i UNIQUE USING INDEX i;
CREATE TABLE b_pkey (x integer PRIMARY KEY);
