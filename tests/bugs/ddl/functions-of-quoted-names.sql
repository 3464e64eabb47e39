-- A body that the server reads at once comes after the functions that it calls.
CREATE FUNCTION zz(a integer) RETURNS integer BEGIN ATOMIC SELECT 2 * a; END;
CREATE FUNCTION "Twice"(a integer) RETURNS integer BEGIN ATOMIC SELECT zz(a); END;
CREATE FUNCTION a_caller(a integer) RETURNS integer BEGIN ATOMIC SELECT "Twice"(a); END;
