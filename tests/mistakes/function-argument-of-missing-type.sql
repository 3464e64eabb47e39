CREATE FUNCTION f(p integer, q intger) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--                             ^^^^^^ S0308
