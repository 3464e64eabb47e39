CREATE TYPE time_range AS RANGE (subtype = timestamp);
CREATE TYPE span AS RANGE (subtype = integer);
CREATE FUNCTION f() RETURNS timestamptz LANGUAGE sql
    SET TIME ZONE 'UTC' AS 'SELECT now()';
CREATE AGGREGATE texts (text)
    (SFUNC = pg_catalog.array_append, STYPE = text[], INITCOND = '{}');
