-- @schema test
CREATE FUNCTION fee(n bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
CREATE TABLE item (id integer PRIMARY KEY, cost integer DEFAULT fee(1::bigint));
