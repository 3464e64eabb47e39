-- @schema lot
CREATE FUNCTION rank(n numeric) RETURNS integer LANGUAGE plpgsql IMMUTABLE
    AS $$ BEGIN RETURN floor(n); END; $$;
CREATE TABLE posts (id integer PRIMARY KEY, score numeric);
CREATE INDEX posts_hot ON posts (rank(score));
