ALTER EXTENSION postgis UPDATE;
-- @lint off extension-update "tried on a copy"
ALTER EXTENSION pg_trgm UPDATE TO '1.6';
ALTER EXTENSION hstore SET SCHEMA public;
ALTER EXTENSION citext UPDATE TO '1.6';
