CREATE FUNCTION any_small() RETURNS smallint LANGUAGE sql VOLATILE
    RETURN trunc(random() * 65536 - 32768);
CREATE FUNCTION other() RETURNS smallint LANGUAGE sql RETURN trunc(random() * 10);
CREATE FUNCTION added(a int, b bigint) RETURNS bigint LANGUAGE sql RETURN a + b;
