DROP FUNCTION f(integer);
--            ^ S0305
