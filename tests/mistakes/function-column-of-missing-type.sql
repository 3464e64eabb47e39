CREATE FUNCTION f(p integer) RETURNS TABLE (id integer, name txt) LANGUAGE sql
--                                                           ^^^ S0308
AS 'SELECT 1, 2';
