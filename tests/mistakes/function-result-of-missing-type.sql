CREATE FUNCTION f(p integer) RETURNS SETOF txt LANGUAGE sql AS 'SELECT 1';
--                                         ^^^ S0308
