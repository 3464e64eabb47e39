CREATE FUNCTION rank_of(score bigint) RETURNS integer LANGUAGE sql AS 'select 1';
CREATE FUNCTION two(a integer) RETURNS integer LANGUAGE sql AS 'select 1';
CREATE FUNCTION two(a text) RETURNS text LANGUAGE sql AS $$select 'x'$$;
CREATE TABLE posts (id integer PRIMARY KEY, score bigint);
CREATE TABLE ranked AS SELECT id, rank_of(score) AS rank FROM posts;
CREATE TABLE kept_whole AS SELECT two(id) AS either FROM posts;
