-- With each range comes a type of several ranges, which is called after it.
CREATE TABLE amultirange (x integer);
CREATE TYPE arange AS RANGE (subtype = integer);
CREATE TYPE b_multirange AS ENUM ('x');
CREATE TYPE b AS RANGE (subtype = integer);
CREATE VIEW c AS SELECT x FROM amultirange;
CREATE TYPE crange AS RANGE (subtype = integer, multirange_type_name = c);
CREATE TABLE e_multirange (x integer);
CREATE TYPE d AS RANGE (subtype = integer);
ALTER TYPE d RENAME TO e;
-- names that are free, or free again
CREATE TYPE f AS RANGE (subtype = integer);
DROP TYPE f;
CREATE TYPE f_multirange AS ENUM ('x');
CREATE TYPE g AS RANGE (subtype = integer);
ALTER TYPE g RENAME TO h;
CREATE TABLE g_multirange (x integer);
CREATE INDEX i_multirange ON g_multirange (x);
CREATE TYPE i AS RANGE (subtype = integer);
