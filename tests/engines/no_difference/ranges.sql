CREATE FUNCTION zz_apart(a time, b time) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT AS 'SELECT EXTRACT(EPOCH FROM (a - b))';
CREATE TYPE aa AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = zz_apart);
CREATE FUNCTION about(r aa) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT isempty(r)';
CREATE TABLE opening (id integer, hours aa NOT NULL DEFAULT '[09:00:00,17:00:00)');
