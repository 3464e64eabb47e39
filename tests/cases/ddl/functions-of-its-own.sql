-- Functions that the schema declares are not those of a newer server.
CREATE SCHEMA ids;
CREATE FUNCTION ids.uuidv7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
CREATE FUNCTION erf(x integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE a (id uuid DEFAULT ids.uuidv7(), n integer DEFAULT erf(1));
