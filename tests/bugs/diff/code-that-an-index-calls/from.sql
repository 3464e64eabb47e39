-- The function becomes IMMUTABLE before the index that needs that.
-- @schema lot
CREATE FUNCTION rank(n numeric) RETURNS integer LANGUAGE plpgsql
    AS $$ BEGIN RETURN floor(n); END; $$;
CREATE TABLE posts (id integer PRIMARY KEY, score numeric);
