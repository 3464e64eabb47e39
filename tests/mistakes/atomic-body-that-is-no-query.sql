CREATE TABLE t (id integer);

CREATE FUNCTION f() RETURNS integer LANGUAGE sql
BEGIN ATOMIC
    SELECT 1;
    SELECT FROM WHERE;
--              ^^^^^ S0101
END;
