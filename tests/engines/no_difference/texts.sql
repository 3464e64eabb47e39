CREATE TYPE pt;
CREATE FUNCTION pt_in(cstring) RETURNS pt LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION pt_out(pt) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE pt (output = pt_out, Input = public.pt_in, internallength = 4,
    PASSEDBYVALUE, alignment = int4, category = 'U', preferred = false);
CREATE FUNCTION alike(anynonarray, text) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT $1::text LIKE $2';
CREATE OPERATOR ~~ (LEFTARG=anynonarray, RIGHTARG=text, PROCEDURE=alike);
CREATE FUNCTION eq(text, int) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT $1::int = $2';
CREATE OPERATOR = (FUNCTION = eq, LEFTARG = text, RIGHTARG = int, hashes = true,
    restrict = eqsel, join = pg_catalog.eqjoinsel, negator = <>);
CREATE FUNCTION yes(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = ''y''';
CREATE CAST (text AS bool) WITH FUNCTION yes(text) AS ASSIGNMENT;
CREATE COLLATION plain (LOCALE = 'C');
CREATE FUNCTION told() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_end
    WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE PROCEDURE told();
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d, simple;
CREATE OPERATOR FAMILY pts USING btree;
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v ALTER COLUMN b SET DEFAULT '';
