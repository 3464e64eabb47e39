CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $body$
--                                                  ^^^^^^... S0102
    SELECT 1
$bdy$;
