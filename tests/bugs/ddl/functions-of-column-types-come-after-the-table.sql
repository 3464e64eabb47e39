-- t.a%TYPE needs t; that of a view's column needs the view.
CREATE FUNCTION f(x t.a%TYPE) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g(x public.v.b%TYPE) RETURNS public.t.a%TYPE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION h() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x t.a%TYPE; BEGIN RETURN x; END $$;
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a AS b FROM t;
