-- And it is not taken where the text says the name in quotes.
CREATE TABLE t (id integer, "Old" integer);
CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC
    SELECT count("Old") FROM t;
END;
ALTER TABLE t RENAME COLUMN "Old" TO fresh;
